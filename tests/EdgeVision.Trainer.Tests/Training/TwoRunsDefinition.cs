namespace EdgeVision.Trainer.Tests.Training;

[CollectionDefinition(TwoRuns.Collection)]
public sealed class TwoRunsDefinition : ICollectionFixture<TwoRuns>;
