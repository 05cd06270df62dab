using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>What every role's signed part has: a version that only rises, and a date after which it is not believed.</summary>
/// <remarks>TUF specification 1.0, section 4.3. Whole seconds, UTC.</remarks>
public abstract record TufMetadata(long Version, DateTimeOffset Expires)
{
    public const string SpecVersion = "1.0.34";

    /// <summary>The <c>_type</c> field.</summary>
    public abstract string Type { get; }

    /// <summary>The signed part, to be put into <see cref="SignedMetadata.Of"/>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["_type"] = Type, ["spec_version"] = SpecVersion, ["version"] = Version, ["expires"] = MetadataField.Write(Expires) };
        Write(json);
        return json;
    }

    protected abstract void Write(JsonObject json);

    /// <summary>The signed part of a file that says it is of this type, in a version of the specification that this client knows.</summary>
    internal static MetadataField Open(SignedMetadata file, string type, string name)
    {
        var signed = new MetadataField(file.Signed, name + ": $.signed");
        if (signed.Text("_type") != type)
        {
            throw signed.Problem("_type", $"is not {type}");
        }

        return signed.Text("spec_version").StartsWith("1.", StringComparison.Ordinal) ? signed : throw signed.Problem("spec_version", "is not 1.x, which is all that this client knows");
    }
}
