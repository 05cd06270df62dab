namespace EdgeVision.Trainer.Report;

/// <summary>A picture on which the network is wrong.</summary>
/// <param name="Truth">In words.</param>
/// <param name="Answer">In words, with how sure it is.</param>
/// <param name="Pictures">As data URIs: one for a class; for boxes what is there, and what is answered.</param>
internal sealed record Mistake(string Name, string Truth, string Answer, IReadOnlyList<string> Pictures);
