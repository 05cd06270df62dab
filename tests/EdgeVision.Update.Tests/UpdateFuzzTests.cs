using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Update.Tests;

/// <summary>What disk, server and hub may hand to the updater, broken at random: it is taken, or refused as documented, in little memory. Longer with EDGEVISION_SOAK_CYCLES.</summary>
public sealed partial class UpdateFuzzTests : IDisposable
{
    private const long MaxBytes = 64 << 20;
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static readonly int Rounds = 4000 * int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);
    private static readonly string[] Tokens = ["null", "-1", "9223372036854775808", "1e308", "\"\"", "[]", "{}", "true", "\\u0000", "../", "[[[[[[[[", "\"a\":", ",", "é"];
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StateFile_AnyBytes_AreASoundRecordOrDamage() => LoadAll(1, body => body);

    /// <summary>As somebody would write it who knows the format: the trailer is right.</summary>
    [Fact]
    public void StateFile_AnyBytesWithTheRightTrailer_AreASoundRecordOrDamage() => LoadAll(2, WithTrailer);

    [Fact]
    public void AnswerRules_AnyContentRange_IsAppendedOnlyWhenItIsTheOneAskedFor() => Run(3, "bytes 600-999/1000, 18446744073709551616 items */-=;"u8.ToArray(), bytes =>
    {
        using var response = new HttpResponseMessage(HttpStatusCode.PartialContent);
        var text = Encoding.Latin1.GetString(bytes);
        response.Content.Headers.TryAddWithoutValidation("Content-Range", text);

        var verdict = AnswerRules.Judge(response, 600, 1000, null, DateTimeOffset.UnixEpoch).Verdict;

        Assert.True(verdict == AnswerVerdict.Discard || (verdict == AnswerVerdict.Append && AskedFor().IsMatch(text)), $"{verdict}: {text}");
    }, "bytes 600-999/1000"u8.ToArray());

    [Fact]
    public void ReleasePolicy_AnyBytes_AreReadOrRefused() => Run(4, Encoding.UTF8.GetBytes($$"""{"floors":{"toy":3},"revoked":["{{Digest}}"],"offlineGraceDays":30}"""), bytes =>
    {
        var refusal = Record.Exception(() => ReleasePolicy.Read(bytes));
        Assert.True(refusal is null or FormatException, refusal?.ToString());
    });

    [Fact]
    public void UpdateWish_AnyJson_IsReadOrRefusedWithAReason() => Run(
        5,
        Encoding.UTF8.GetBytes("""{"deploymentId":"d-1","action":"apply","model":"toy","version":"1.0.0","manifestSha256":"DIGEST","manifestSize":100,"source":"https://h/r/","policy":{"window":"01:00-04:00","tz":"site","maxKbps":8}}""".Replace("DIGEST", Digest, StringComparison.Ordinal)),
        bytes =>
        {
            string? problem = null;
            var wish = TryParse(bytes) is { } json ? UpdateWish.TryParse(json, out problem) : null;
            Assert.True(wish is not null || problem is null || problem.StartsWith("modelUpdate", StringComparison.Ordinal), problem);
            Assert.True(wish?.Deployment is not { } read || (read.Source.Scheme == "https" && read.ManifestSha256.Length == 64));
        });

    private void LoadAll(int seed, Func<byte[], byte[]> finish)
    {
        var file = new StateFile(new StateDisk(_ => { }), _folder.Path);
        var state = _folder.File("state");
        Directory.CreateDirectory(state);
        var record = UpdateRecord.Fresh with
        {
            State = UpdateState.Downloading, Sequence = 7, Candidate = new Slot(Digest, "fp32", 3, null), Active = new Slot(Digest, null, 2, null),
            Deployment = new ModelDeployment("d-1", "toy", "1.0.0", Digest, 100, new Uri("https://h/r/")),
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(record, UpdateRecordJson.Default.UpdateRecord);
        Run(seed, json, bytes =>
        {
            File.WriteAllBytes(Path.Combine(state, "ota.json"), finish(bytes));
            var loaded = file.Load(out var damage);
            Assert.True(loaded is null ? damage is not null : loaded.IsSound() || loaded.Code == UpdateCode.Schema);
        });
    }

    private static byte[] WithTrailer(byte[] json)
    {
        byte[] body = [.. json, (byte)'\n'];
        return [.. body, .. Encoding.ASCII.GetBytes($"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}\n")];
    }

    private static JsonNode? TryParse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Run(int seed, byte[] good, Action<byte[]> read, params byte[][] more)
    {
        var random = new Random(seed);
        byte[][] all = [good, .. more];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Broken(all[random.Next(all.Length)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            read(bytes);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
        }
    }

    /// <summary>Up to four changes: a bit, a cut, a piece twice, a token in the middle.</summary>
    private static byte[] Broken(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at) + 1));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(20, bytes.Count - at) + 1)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"^\s*bytes\s+0*600\s*-\s*\d+\s*/\s*0*1000\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex AskedFor();
}
