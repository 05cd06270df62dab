using System.Text;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>What somebody between repository and device, or with some of its keys, may try. Each is refused by its name, lowers nothing that is trusted, and the next honest release goes through.</summary>
public sealed class TufAttackTests
{
    private static readonly SigningKey Stranger = SigningKey.Ecdsa();

    // Name -> what is done to a repository whose second release is known to the device, and how it is refused.
    private static readonly Dictionary<string, (Action<SignedRepository> Attack, TufFailure Failure)> Attacks = new()
    {
        ["timestamp's names changed"] = (repository => Change(repository, "timestamp", "snapshot", "snapshor"), TufFailure.Signature),
        ["timestamp's date changed"] = (repository => Change(repository, "timestamp", "2030-01-31", "2031-01-31"), TufFailure.Signature),
        ["snapshot's date changed"] = (repository => ChangeNext(repository, "snapshot", "2030-01-31", "2031-01-31"), TufFailure.Signature),
        ["targets' date changed"] = (repository => ChangeNext(repository, "targets", "2030-01-31", "2031-01-31"), TufFailure.Signature),
        ["root's date changed"] = (repository => { repository.NextRoot(root => root); Change(repository, "2.root", "2030-01-31", "2031-01-31"); }, TufFailure.Signature),
        ["timestamp signed by a stranger"] = (repository => Resign(repository, "timestamp", Stranger), TufFailure.Threshold),
        ["timestamp signed by a stranger under the right id"] = (repository => Forge(repository, Stranger), TufFailure.Signature),
        ["timestamp not signed"] = (repository => Resign(repository, "timestamp"), TufFailure.Threshold),
        ["one of two signatures"] = (repository => { repository.Rotate("timestamp", 2, SigningKey.Ecdsa(), SigningKey.Ecdsa()); Resign(repository, "timestamp", repository.Signers["timestamp"][0]); }, TufFailure.Threshold),
        ["one key under two ids"] = (repository => TwoIds(repository, (key, data) => key.Sign(data, "twin")), TufFailure.Threshold),
        ["one key under two ids, the other half of its signatures"] = (repository => TwoIds(repository, (key, data) => new TufSignature("twin", Malleable.Twin(key.Sign(data).Value))), TufFailure.Threshold),
        ["one signature twice"] = (Twice, TufFailure.Format),
        ["root signed by its new keys alone"] = (repository => RotateRoot(repository, before: false, after: true), TufFailure.Threshold),
        ["root signed by its old keys alone"] = (repository => RotateRoot(repository, before: true, after: false), TufFailure.Threshold),
        ["root skips a version"] = (repository => { repository.NextRoot(root => root); repository.NextRoot(root => root); repository.Files["metadata/2.root.json"] = repository.Files["metadata/3.root.json"]; }, TufFailure.Rollback),
        ["root again"] = (repository => repository.Files["metadata/2.root.json"] = repository.Files["metadata/1.root.json"], TufFailure.Rollback),
        ["old timestamp again"] = (repository => { repository.Timestamp = repository.Timestamp with { Version = 1 }; repository.PublishTimestamp(); }, TufFailure.Rollback),
        ["timestamp names an older snapshot"] = (repository => { repository.Timestamp = repository.Timestamp with { Version = 3, Snapshot = new MetaFile(1) }; repository.PublishTimestamp(); }, TufFailure.Rollback),
        ["snapshot names older targets"] = (repository => { repository.Snapshot = repository.Snapshot with { Meta = Meta("targets.json", 1) }; repository.ReleaseSnapshot(); }, TufFailure.Rollback),
        ["snapshot loses targets"] = (repository => { repository.Snapshot = repository.Snapshot with { Meta = Meta("other.json", 1) }; repository.ReleaseSnapshot(); }, TufFailure.Rollback),
        ["root expired"] = (repository => repository.NextRoot(root => root with { Expires = SignedRepository.Now }), TufFailure.Expired),
        ["timestamp expired"] = (repository => { repository.Timestamp = repository.Timestamp with { Expires = SignedRepository.Now }; repository.Release(); }, TufFailure.Expired),
        ["snapshot expired"] = (repository => { repository.Snapshot = repository.Snapshot with { Expires = SignedRepository.Now }; repository.Release(); }, TufFailure.Expired),
        ["targets expired"] = (repository => { repository.Targets["targets"] = repository.Targets["targets"] with { Expires = SignedRepository.Now }; repository.Release(); }, TufFailure.Expired),
        ["snapshot of another release"] = (repository => { repository.Release(); repository.Files["metadata/3.snapshot.json"] = repository.Files["metadata/1.snapshot.json"]; }, TufFailure.MixMatch),
        ["targets of another release"] = (repository => { repository.Release(); repository.Files["metadata/3.targets.json"] = repository.Files["metadata/1.targets.json"]; }, TufFailure.MixMatch),
        ["targets of another length"] = (repository => { repository.WithHashes = true; repository.Release(); Append(repository, "metadata/3.targets.json", ""); }, TufFailure.MixMatch),
        ["targets longer than signed for"] = (repository => { repository.WithHashes = true; repository.Release(); Append(repository, "metadata/3.targets.json", " "); }, TufFailure.TooLarge),
        ["snapshot longer than any"] = (repository => { repository.Timestamp = repository.Timestamp with { Version = 3, Snapshot = new MetaFile(3, 1L << 40) }; repository.PublishTimestamp(); }, TufFailure.TooLarge),
        ["timestamp without end"] = (repository => Append(repository, "metadata/timestamp.json", new string(' ', 20_000)), TufFailure.TooLarge),
        ["snapshot in the place of timestamp"] = (repository => repository.Files["metadata/timestamp.json"] = SignedRepository.Sign(repository.Snapshot, repository.Signers["timestamp"]), TufFailure.Format),
        ["snapshot missing"] = (repository => { repository.Release(); repository.Files.Remove("metadata/3.snapshot.json"); }, TufFailure.NotFound),
        ["timestamp missing"] = (repository => repository.Files.Remove("metadata/timestamp.json"), TufFailure.NotFound),
        ["captive portal"] = (repository => repository.Files["metadata/timestamp.json"] = "<html>Please log in</html>"u8.ToArray(), TufFailure.Format),
        ["a key twice in one object"] = (repository => Change(repository, "timestamp", "\"version\":2}", "\"version\":2,\"version\":2}"), TufFailure.Format),
        ["nested without end"] = (repository => repository.Files["metadata/timestamp.json"] = Encoding.ASCII.GetBytes(new string('[', 8000)), TufFailure.Format),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TufClient_Attack_IsRefusedByNameAndCostsNothing(string name)
    {
        var repository = new SignedRepository();
        repository.Release();
        using var device = new TufDevice(repository);
        await device.RefreshAsync();
        var (later, before) = (Later(repository), device.Versions());

        Attacks[name].Attack(repository);

        Assert.Equal(Attacks[name].Failure, await device.RefusalAsync());
        if (device.Versions()[0] == 1) // else the owner himself took keys away, and what they signed goes with them
        {
            Assert.All(before.Zip(device.Versions()), pair => Assert.InRange(pair.Second, pair.First, long.MaxValue));
            later.ToList().ForEach(file => repository.Files[file.Key] = file.Value); // the attacker is gone
            repository.Files.Remove("metadata/2.root.json");
            await device.RefreshAsync();
            Assert.Equal([1, 10, 10, 10], device.Versions());
        }
    }

    [Fact]
    public async Task TufClient_AnyBitOfTimestampFlipped_ChangesNothingThatIsBelieved()
    {
        var repository = new SignedRepository();
        using var device = new TufDevice(repository);
        await device.RefreshAsync();
        repository.Release();
        var good = repository.Files["metadata/timestamp.json"];
        var meant = SignedMetadata.Read(good, "timestamp").CanonicalBytes.ToArray();
        var trusted = File.ReadAllBytes(device.File("timestamp.json"));

        for (var bit = 0; bit < good.Length * 8; bit += 3)
        {
            repository.Files["metadata/timestamp.json"] = [.. good];
            repository.Files["metadata/timestamp.json"][bit / 8] ^= (byte)(1 << (bit % 8));
            if (await Record.ExceptionAsync(() => device.RefreshAsync()) is { } exception)
            {
                Assert.IsType<TufException>(exception);
                Assert.Equal(trusted, File.ReadAllBytes(device.File("timestamp.json")));
            }
            else
            {
                // the case of a hex digit of the signature: other bytes, the same meaning
                Assert.Equal(meant, SignedMetadata.Read(File.ReadAllBytes(device.File("timestamp.json")), "timestamp").CanonicalBytes.ToArray());
                File.WriteAllBytes(device.File("timestamp.json"), trusted);
            }
        }
    }

    [Fact]
    public async Task TufClient_MalleableTwinOfASignature_IsTheSameKey()
    {
        var repository = new SignedRepository();
        var key = SigningKey.Ecdsa();
        repository.Rotate("timestamp", 1, key);
        var file = SignedMetadata.Of(repository.Timestamp.ToJson());
        repository.Files["metadata/timestamp.json"] = file.With(new TufSignature(key.Public.Id, Malleable.Twin(key.Sign(file.CanonicalBytes).Value))).ToBytes();
        using var device = new TufDevice(repository);

        await device.RefreshAsync();

        Assert.Equal([2, 1, 1, 1], device.Versions());
    }

    private static Dictionary<string, MetaFile> Meta(string file, long version) => new() { [file] = new MetaFile(version) };

    private static void Append(SignedRepository repository, string path, string text) =>
        repository.Files[path] = text.Length > 0 ? [.. repository.Files[path], .. Encoding.ASCII.GetBytes(text)] : repository.Files[path][..^1];

    private static void Change(SignedRepository repository, string file, string from, string to)
    {
        var path = $"metadata/{file}.json";
        var text = Encoding.UTF8.GetString(repository.Files[path]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        repository.Files[path] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    private static void ChangeNext(SignedRepository repository, string role, string from, string to)
    {
        repository.Release();
        Change(repository, "3." + role, from, to);
    }

    private static void Resign(SignedRepository repository, string role, params SigningKey[] keys)
    {
        repository.Timestamp = repository.Timestamp with { Version = 3 };
        repository.Files[$"metadata/{role}.json"] = SignedRepository.Sign(repository.Timestamp, keys);
    }

    private static void Forge(SignedRepository repository, SigningKey key)
    {
        var file = SignedMetadata.Of((repository.Timestamp with { Version = 3 }).ToJson());
        repository.Files["metadata/timestamp.json"] = file.With(key.Sign(file.CanonicalBytes, repository.Signers["timestamp"][0].Public.Id)).ToBytes();
    }

    private static void TwoIds(SignedRepository repository, Func<SigningKey, ReadOnlyMemory<byte>, TufSignature> second)
    {
        var key = SigningKey.Ecdsa();
        repository.Rotate("timestamp", 2, key);
        repository.NextRoot(root => root with
        {
            Keys = new Dictionary<string, TufKey>(root.Keys) { ["twin"] = key.Public },
            Roles = new Dictionary<string, TufRole>(root.Roles) { ["timestamp"] = new TufRole([key.Public.Id, "twin"], 2) },
        });
        var file = SignedMetadata.Of((repository.Timestamp with { Version = 3 }).ToJson());
        repository.Files["metadata/timestamp.json"] = file.With(key.Sign(file.CanonicalBytes)).With(second(key, file.CanonicalBytes)).ToBytes();
    }

    private static void Twice(SignedRepository repository)
    {
        var text = Encoding.UTF8.GetString(repository.Files["metadata/timestamp.json"]);
        var (start, end) = (text.IndexOf('[', StringComparison.Ordinal) + 1, text.IndexOf(']', StringComparison.Ordinal));
        Change(repository, "timestamp", text[start..end], $"{text[start..end]},{text[start..end]}");
    }

    private static void RotateRoot(SignedRepository repository, bool before, bool after)
    {
        var (old, key) = (repository.Signers["root"], SigningKey.Ecdsa());
        repository.Rotate("root", 1, key);
        repository.Signers["root"] = [.. before ? old : [], .. after ? new[] { key } : []];
        repository.PublishRoot(repository.Root);
        repository.Signers["root"] = old;
    }

    /// <summary>The files of an honest release some time from now.</summary>
    private static Dictionary<string, byte[]> Later(SignedRepository repository)
    {
        var (timestamp, snapshot, targets, files) = (repository.Timestamp, repository.Snapshot, repository.Targets["targets"], new Dictionary<string, byte[]>(repository.Files));
        for (var i = 0; i < 8; i++)
        {
            repository.Release();
        }

        var later = new Dictionary<string, byte[]>(repository.Files);
        (repository.Timestamp, repository.Snapshot, repository.Targets["targets"]) = (timestamp, snapshot, targets);
        later.Keys.Except(files.Keys).ToList().ForEach(path => repository.Files.Remove(path));
        files.ToList().ForEach(file => repository.Files[file.Key] = file.Value);
        return later;
    }
}
