namespace EdgeVision.Trainer.Training;

/// <summary>How sure a classifier is against how often it is right, on test pictures, as it was learnt and as it is exported.</summary>
/// <param name="Temperature">What the logits were divided by, chosen on validation pictures; the exported weights hold it.</param>
/// <param name="ErrorBefore">Expected calibration error, 0 to 1.</param>
/// <param name="LossBefore">Mean of minus the logarithm of the true class's probability.</param>
internal sealed record Calibration(double Temperature, double ErrorBefore, double ErrorAfter, double LossBefore, double LossAfter)
{
    /// <param name="test">Answers of the exported network.</param>
    public static Calibration Of(double temperature, LogitTable test)
    {
        // What was divided by the temperature is multiplied by it again.
        var before = 1 / temperature;
        return new Calibration(temperature, Reliability.Of(test.FirstAnswers(before)).Error, Reliability.Of(test.FirstAnswers()).Error, test.LossAt(before), test.LossAt(1));
    }
}
