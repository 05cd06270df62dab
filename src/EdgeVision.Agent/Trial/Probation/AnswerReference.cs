namespace EdgeVision.Agent;

/// <summary>What a model's answers were like beside those of the model before it, while it was the shadow: what they must stay like in service.</summary>
/// <param name="Agreement">Share of answers that both gave.</param>
/// <param name="Rate">Answers of the new model for each of the old one.</param>
/// <param name="New">How sure the new one was.</param>
/// <param name="Old">How sure the old one was.</param>
internal sealed record AnswerReference(double Agreement, double Rate, ConfidenceHistogram New, ConfidenceHistogram Old)
{
    /// <returns>Null when the shadow run showed nothing to compare with.</returns>
    public static AnswerReference? Of(AgreementTally? shadow) => shadow?.Read() is { Active: > 0, Candidate: > 0 } figures
        ? new AnswerReference(figures.Agreement, figures.RateRatio, shadow.CandidateConfidence, shadow.ActiveConfidence)
        : null;
}
