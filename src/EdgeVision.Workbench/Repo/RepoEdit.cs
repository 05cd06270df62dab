using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary>What every change ends with: signing with the keys at hand, publishing what is complete, and saying what still waits for whom.</summary>
internal static class RepoEdit
{
    /// <param name="arguments">Of the command.</param>
    /// <param name="edit">The change; returns a sentence on what was done, and what JSON says of it.</param>
    public static void Run(ParseResult arguments, Func<RepositoryWriter, (string Text, JsonObject Json)> edit)
    {
        using var ring = RepoOptions.OpenKeys(arguments);
        using var repository = RepositoryWriter.Open(arguments.GetRequiredValue(RepoOptions.Directory), TimeProvider.System);
        var (text, json) = edit(repository);
        Finish(arguments, repository, ring, text, json);
    }

    public static void Finish(ParseResult arguments, RepositoryWriter repository, KeyRing ring, string text, JsonObject json)
    {
        var signed = repository.Sign(ring);
        var outcome = repository.Publish(ring);
        if (arguments.GetValue(RepoOptions.Json))
        {
            json["signed"] = new JsonArray([.. signed.Select(signature => new JsonObject { ["role"] = signature.Role, ["keyId"] = signature.KeyId })]);
            json["published"] = new JsonArray([.. outcome.Written.Select(role => (JsonNode?)role)]);
            json["waiting"] = new JsonArray([.. outcome.Waiting.Select(RepoJson.Of)]);
            json["needsOnlineKeys"] = outcome.NeedsOnlineKeys;
            RepoJson.Print(json);
            return;
        }

        if (text.Length > 0)
        {
            Console.WriteLine(text);
        }

        foreach (var (role, keyId) in signed)
        {
            Console.WriteLine($"signed {role} with {keyId[..12]} ({ring.Find(keyId)?.Name ?? "signed elsewhere"})");
        }

        Print(arguments.GetRequiredValue(RepoOptions.Directory), outcome);
    }

    private static void Print(string directory, PublishOutcome outcome)
    {
        if (outcome.Written.Count > 0)
        {
            Console.WriteLine($"published {string.Join(", ", outcome.Written)}");
        }

        foreach (var need in outcome.Waiting)
        {
            Console.WriteLine($"waits: {RepoText.Of(need)}");
        }

        if (outcome.Waiting.Count > 0)
        {
            Console.WriteLine($"Each holder signs with: edgevision repo sign {directory} --key FILE|pkcs11:URI");
        }

        if (outcome.NeedsOnlineKeys)
        {
            Console.WriteLine($"Signed by enough people. Publish it where the keys of snapshot and timestamp are: edgevision repo renew {directory} --keys FOLDER");
        }
    }
}
