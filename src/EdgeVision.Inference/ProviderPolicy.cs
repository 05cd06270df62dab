using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>Which providers may run a model here, and what happens when none of them is there: refuse, or go on degraded, never silently (I3).</summary>
/// <param name="Allowed">Providers that may run the model; empty = any.</param>
internal sealed record ProviderPolicy(IReadOnlyList<string> Allowed, bool AllowDegraded)
{
    public static ProviderPolicy Of(Manifest manifest, InferenceOptions options) =>
        new(options.Require is { } required ? [required] : manifest.Requires.ExecutionProviders, options.AllowDegraded);

    /// <summary>Whether a node on this provider keeps the promise.</summary>
    public bool Allows(string provider) => Allowed.Count == 0 || Allowed.Contains(provider);

    /// <summary>Providers to try, in order: those wanted, there, and allowed.</summary>
    public IReadOnlyList<string> Choose(IReadOnlyList<string> wanted, IReadOnlyList<string> available) =>
        [.. wanted.Where(provider => available.Contains(provider) && Allows(provider))];

    /// <summary>Holds the nodes against the promise.</summary>
    /// <returns>True when the promise is broken and going on is allowed.</returns>
    /// <exception cref="InferenceException">The promise is broken.</exception>
    public bool IsDegraded(string model, IReadOnlyDictionary<string, int> nodesByProvider, string reasons)
    {
        var elsewhere = nodesByProvider.Where(pair => !Allows(pair.Key)).ToArray();
        if (elsewhere.Length == 0)
        {
            return false;
        }

        return AllowDegraded ? true : throw new InferenceException(
            $"{model} requires {string.Join(" or ", Allowed)}, but {string.Join(", ", elsewhere.Select(pair => $"{pair.Value} nodes would run on {pair.Key}"))}. {reasons} "
            + "Put an ONNX Runtime library built with that provider beside the program (or name it as the native library), or allow the model to run degraded.");
    }
}
