using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary>Which network exactly: a package, and the variant chosen from it.</summary>
internal sealed record ModelKey(string Digest, string Variant)
{
    public static ModelKey Of(ModelPackage package) => new(package.Digest, package.Variant);
}
