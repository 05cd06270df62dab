using System.Globalization;
using System.Text;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>Metadata that was broken at random, or cleverly: it is read, or refused as documented, in little memory. Longer with EDGEVISION_SOAK_CYCLES.</summary>
public sealed class TufFuzzTests
{
    private const long MaxBytesEach = 64L << 20;
    private static readonly int Rounds = 4000 * int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "0.5", "9223372036854775808", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[[[[[[[]]]]]]]]", "{\"a\":1,\"a\":2}",
        "\"-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\\n-----END PUBLIC KEY-----\"", "\"../../etc/passwd\"", "\"2030-13-45T99:99:99Z\"", "[\"root\",\"root\"]",
    ];

    [Fact]
    public void Metadata_BrokenAtWill_IsReadOrRefusedAsDocumented()
    {
        var seeds = Seeds();
        var random = new Random(20300101);
        for (var round = 0; round < Rounds; round++)
        {
            var seed = seeds[round % seeds.Count];
            var bytes = round % 2 == 0 ? Scramble(seed, random) : Restructure(seed, random);
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.True(Survives(bytes, out var unexpected), $"round {round}: {unexpected}\n{Encoding.UTF8.GetString(bytes)}");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytesEach);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TufKey_DerBrokenAtWill_VerifiesNothingAndBreaksNothing(bool rsa)
    {
        var good = (rsa ? SigningKey.Rsa() : SigningKey.Ecdsa()).Public;
        var der = Convert.FromBase64String(string.Concat(good.Public.Split('\n').Where(line => !line.StartsWith('-'))));
        var random = new Random(20300102);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var broken = good with { Public = $"-----BEGIN PUBLIC KEY-----\n{Convert.ToBase64String(Scramble(der, random))}\n-----END PUBLIC KEY-----\n" };

            Assert.False(broken.Verify("x"u8, "00"));
        }
    }

    private static List<byte[]> Seeds()
    {
        var repository = new SignedRepository { WithHashes = true };
        repository.Delegate("targets", role => new DelegatedRole("models", role, true, ["models/*/x"]));
        repository.Add("targets", "a/b", "abc"u8.ToArray());
        repository.Release();
        return [.. repository.Files.Where(file => file.Key.StartsWith("metadata/", StringComparison.Ordinal)).Select(file => file.Value)];
    }

    private static bool Survives(byte[] bytes, out Exception? unexpected)
    {
        unexpected = Record.Exception(() =>
        {
            var file = SignedMetadata.Read(bytes, "fuzz");
            Func<TufMetadata>[] readers = [() => RootMetadata.Read(file, "fuzz"), () => TimestampMetadata.Read(file, "fuzz"), () => SnapshotMetadata.Read(file, "fuzz"), () => TargetsMetadata.Read(file, "fuzz")];
            foreach (var read in readers)
            {
                Use(read, file);
            }
        });
        unexpected = unexpected is TufException ? null : unexpected;
        return unexpected is null;
    }

    // As the client does: verify with the keys it names, look a path up, write it again.
    private static void Use(Func<TufMetadata> read, SignedMetadata file)
    {
        try
        {
            var metadata = read();
            _ = SignedMetadata.Of(metadata.ToJson());
            _ = (metadata as TargetsMetadata)?.Delegations?.For("models/a/x").ToList();
            (metadata as RootMetadata)?.KeysOf("root").Verify(file, "fuzz");
        }
        catch (TufException)
        {
            // refused, with a reason
        }
    }

    private static byte[] Scramble(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, random.Next(1, 200))));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    // Puts another value in the place of one that follows a colon or a comma, so that the rest stays JSON.
    private static byte[] Restructure(byte[] seed, Random random)
    {
        var text = Encoding.UTF8.GetString(seed);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var colon = text.IndexOf(':', random.Next(text.Length));
            var end = colon < 0 ? -1 : text.IndexOfAny([',', '}', ']'], colon);
            text = end < 0 ? text : text[..(colon + 1)] + Values[random.Next(Values.Length)] + text[end..];
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
