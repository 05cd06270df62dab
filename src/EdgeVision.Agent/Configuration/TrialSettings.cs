namespace EdgeVision.Agent;

/// <summary>From section <c>[update]</c> to what the trial of a new model wants to be told.</summary>
internal static class TrialSettings
{
    public static TrialOptions Of(UpdateSection update)
    {
        var defaults = new TrialOptions();
        return defaults with { ShadowShare = update.ShadowShare ?? defaults.ShadowShare, ShadowMinutes = update.ShadowMinutes, ProbationMinutes = update.ProbationMinutes };
    }
}
