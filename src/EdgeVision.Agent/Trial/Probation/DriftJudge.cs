namespace EdgeVision.Agent;

/// <summary>Whether a model's answers have got worse since it is in service, told by the model before it, which looks at some of the very same frames.</summary>
/// <remarks>
/// The scene is no excuse and no reason: when night falls both models see less and their ratio stays; when only the new one goes blind, it does not.
/// Example: in the shadow run 0.9 answers of the new for each of the old, now 0.1: less than a quarter, so drift. Without a shadow run to compare with (a restart in between) only a
/// collapse counts, to a tenth.
/// </remarks>
internal static class DriftJudge
{
    /// <summary>Frames with something in them, below which nothing is said.</summary>
    public const int Frames = 8;

    private const double RateFactor = 4, RateFactorWithoutReference = 10, AgreementFactor = 0.5, LeastAgreement = 0.2, MostShift = 0.4;

    /// <param name="window">The new model is the one in service, the old one looks on.</param>
    /// <returns>In words; null = none.</returns>
    public static string? Find(AgreementTally window, AnswerReference? reference)
    {
        var now = window.Read();
        var rate = now.Candidate == 0 ? double.PositiveInfinity : (double)now.Active / now.Candidate;
        var (usual, factor) = reference is null ? (1, RateFactorWithoutReference) : (reference.Rate, RateFactor);
        if (rate < usual / factor || rate > usual * factor)
        {
            return FormattableString.Invariant($"it gives {rate:0.00} answers for each of the model before, {usual:0.00} are usual and {usual / factor:0.00} to {usual * factor:0.00} allowed");
        }

        return reference is null ? null : Disagrees(now, reference) ?? Shifts(window, reference);
    }

    private static string? Disagrees(AgreementFigures now, AnswerReference reference) => reference.Agreement < LeastAgreement || now.Agreement >= reference.Agreement * AgreementFactor ? null :
        FormattableString.Invariant($"its agreement with the model before is {now.Agreement:0.000}, it was {reference.Agreement:0.000} in the shadow run and half of that is allowed");

    private static string? Shifts(AgreementTally window, AnswerReference reference)
    {
        var shift = window.ActiveConfidence.DistanceTo(reference.New) - window.CandidateConfidence.DistanceTo(reference.Old);
        return shift <= MostShift ? null : FormattableString.Invariant($"its confidences have shifted by {shift:0.00} more than those of the model before since the shadow run, {MostShift:0.00} is allowed");
    }
}
