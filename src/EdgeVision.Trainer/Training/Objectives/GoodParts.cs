namespace EdgeVision.Trainer.Training;

/// <summary>Which class of a set is that of good parts.</summary>
internal static class GoodParts
{
    private static readonly string[] Words = ["good", "ok", "normal", "free", "healthy"];

    /// <summary>The one that is called so, alone or as a word of its name, as <c>MT_Free</c>.</summary>
    /// <exception cref="TrainerException">No class is, or several are.</exception>
    public static int ClassOf(DatasetVersion version)
    {
        int[] good = [.. Enumerable.Range(0, version.Classes.Count).Where(id => IsGood(version.Classes[id]))];
        return good.Length == 1 && version.Classes.Count > 1 ? good[0] : throw new TrainerException(
            $"{version.Name} has the classes {string.Join(", ", version.Classes)}: an anomaly detector needs one that is called good (or {string.Join(", ", Words[1..])}), and another to be judged by. Rename them with --map.");
    }

    private static bool IsGood(string name) => name.Split('_', '-', ' ').Any(word => Words.Contains(word, StringComparer.OrdinalIgnoreCase));
}
