using System.Globalization;
using System.Text.Json.Serialization;

namespace EdgeVision.Trainer.Training;

/// <summary>What wrong answers cost where one of two classes is an alarm: <c>miss=5,false-alarm=1</c>, or with the class, <c>miss=5,false-alarm=1,alarm=defect</c>.</summary>
/// <param name="Alarm">Null = the second class.</param>
internal sealed record DecisionCost(double Miss, double FalseAlarm, string? Alarm = null)
{
    /// <summary>How sure one must be of an alarm, were all confidences true: with miss 5 and false alarm 1 a sixth.</summary>
    [JsonIgnore]
    public double IdealThreshold => FalseAlarm / (FalseAlarm + Miss);

    /// <exception cref="TrainerException">Not such words, or costs that are no costs.</exception>
    public static DecisionCost Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToArray();
        var values = parts.Where(part => part.Length == 2).GroupBy(part => part[0]).ToDictionary(group => group.Key, group => group.Last()[1]);
        return parts.All(part => part.Length == 2 && part[0] is "miss" or "false-alarm" or "alarm") && Cost("miss") is { } miss && Cost("false-alarm") is { } alarm
            ? new DecisionCost(miss, alarm, values.GetValueOrDefault("alarm"))
            : throw new TrainerException($"--cost {text}: say what each wrong answer costs, as in miss=5,false-alarm=1 or miss=5,false-alarm=1,alarm=CLASS; costs are above 0.");

        double? Cost(string name) => double.TryParse(values.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var cost) && cost > 0 && double.IsFinite(cost) ? cost : null;
    }

    /// <summary>The class that is an alarm.</summary>
    /// <exception cref="TrainerException">There are not two classes, or none of that name.</exception>
    public int AlarmOf(IReadOnlyList<string> classes)
    {
        var index = Alarm is null ? 1 : classes.ToList().IndexOf(Alarm);
        return classes.Count != 2 ? throw new TrainerException($"--cost is for two classes, of which one is an alarm; there are {classes.Count}. Leave it out, or make two of them with --map.")
            : index >= 0 ? index
            : throw new TrainerException($"--cost: there is no class '{Alarm}' to raise an alarm for; there are {string.Join(" and ", classes)}.");
    }
}
