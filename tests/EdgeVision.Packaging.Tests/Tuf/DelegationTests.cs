using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>Who is asked for a target, in which order, and who may not answer.</summary>
public sealed class DelegationTests : IDisposable
{
    private readonly SignedRepository _repository = new();
    private readonly TufDevice _device;

    public DelegationTests() => _device = new TufDevice(_repository);

    public void Dispose() => _device.Dispose();

    // Delegations (parent, role, pattern; ! = terminating), the path that is looked for, and the roles asked in their order.
    [Theory]
    [InlineData("targets A *, targets B *", "x", "A B")]
    [InlineData("targets A *, targets B *, A C *, A D *", "x", "A C D B")]
    [InlineData("targets A *, targets B *, A C !*, A D *", "x", "A C")]
    [InlineData("targets A !*, targets B *, A C *", "x", "A C")]
    [InlineData("targets A !y, targets B *", "x", "B")]
    [InlineData("targets A *, A B *, B A *", "x", "A B")]
    [InlineData("targets A *, targets B *, A C *, B C *", "x", "A C B")]
    [InlineData("targets yolox models/yolox/*/manifest.json, targets ppe models/ppe/*/manifest.json", "models/ppe/1.0.0/manifest.json", "ppe")]
    [InlineData("targets A models/*", "models/a/b", "")]
    public async Task TufClient_Delegations_AskInOrder(string delegations, string path, string asked)
    {
        foreach (var words in delegations.Split(", ").Select(line => line.Split(' ')))
        {
            _repository.Delegate(words[0], role => new DelegatedRole(words[1], role, words[2][0] == '!', [words[2].TrimStart('!')]));
        }

        _repository.Release();

        Assert.Null(await _device.FindAsync(path));
        Assert.Equal(asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(role => $"metadata/1.{role}.json"), _repository.Requests.Skip(4));
    }

    [Theory]
    [InlineData("*", "a", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("*.zip", "a.zip", true)]
    [InlineData("*.zip", "a.zipp", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("models/*/x", "models/1/x", true)]
    [InlineData("models/*/x", "models/1/2/x", false)]
    [InlineData("[a]", "a", false)] // only * and ? are patterns
    [InlineData("A", "a", false)]
    [InlineData("", "", true)]
    public void PathPattern_Segments_MatchAsAShellWould(string pattern, string path, bool matches) => Assert.Equal(matches, PathPattern.Matches(pattern, path));

    [Fact]
    public void PathPattern_ManyStars_TakesNoTimeToSay() =>
        Assert.False(PathPattern.Matches(string.Concat(Enumerable.Repeat("*a", 2000)) + "b", new string('a', 20_000)));

    [Fact]
    public async Task TufClient_TargetOfADelegatedRole_IsFoundWithItsWords()
    {
        _repository.Delegate("targets", role => new DelegatedRole("yolox", role, false, ["models/yolox/*/manifest.json"]));
        _repository.Add("yolox", "models/yolox/1.0.0/manifest.json", "abc"u8.ToArray());
        _repository.Release();

        var target = await _device.FindAsync("models/yolox/1.0.0/manifest.json");

        Assert.Equal((3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), (target!.Length, target.Hashes["sha256"])); // sha256 of "abc", FIPS 180-2
        Assert.Equal("abc"u8.ToArray(), await _device.Client().FetchTargetAsync(target, 10, CancellationToken.None));
        Assert.Contains("targets/models/yolox/1.0.0/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.manifest.json", _repository.Requests);
    }

    [Fact]
    public async Task TufClient_RoleSignsForAPathItWasNotGiven_IsNotAsked()
    {
        _repository.Delegate("targets", role => new DelegatedRole("yolox", role, false, ["models/yolox/*"]));
        _repository.Add("yolox", "models/ppe/1", "abc"u8.ToArray());
        _repository.Release();

        Assert.Null(await _device.FindAsync("models/ppe/1"));
    }

    [Theory]
    [InlineData("ba78", true)] // sha256("abc") begins with ba7816bf
    [InlineData("ba79", false)]
    public async Task TufClient_HashPrefixes_DecideByTheDigestOfThePath(string prefix, bool asked)
    {
        _repository.Delegate("targets", role => new DelegatedRole("bin", role, false, null, ["00", prefix]));
        _repository.Release();

        Assert.Null(await _device.FindAsync("abc"));
        Assert.Equal(asked, _repository.Requests.Contains("metadata/1.bin.json"));
    }

    [Theory]
    [InlineData(1, "abc", "bin-1")] // ba = 1011 1010
    [InlineData(2, "abc", "bin-2")]
    [InlineData(8, "abc", "bin-ba")]
    [InlineData(9, "abc", "bin-174")] // 1 0111 0100
    public void SuccinctRoles_DigestOfThePath_NamesTheBin(int bits, string path, string name) =>
        Assert.Equal(name, new SuccinctRoles(new TufRole([], 1), bits, "bin").For(path).Name);

    [Theory]
    [InlineData("?", "metadata/1.%3F.json")]
    [InlineData("../up", "metadata/1...%2Fup.json")]
    [InlineData("/etc/passwd", "metadata/1.%2Fetc%2Fpasswd.json")]
    [InlineData("größe 1", "metadata/1.gr%C3%B6%C3%9Fe%201.json")]
    public async Task TufClient_UnusualRoleName_IsOneNameOnTheWireAndOnTheDisk(string name, string path)
    {
        _repository.Delegate("targets", role => new DelegatedRole(name, role, false, ["*"]));
        _repository.Release();

        Assert.Null(await _device.FindAsync("x"));

        Assert.Equal(path, _repository.Requests[^1]);
        Assert.Contains(path["metadata/1.".Length..], _device.TrustedFiles());
    }

    [Fact]
    public async Task TufClient_RoleNamedLikeATopLevelOne_IsRefused()
    {
        _repository.Delegate("targets", role => new DelegatedRole("root", role, false, ["*"]));
        _repository.Signers["root"] = [_repository.Signers["root"][0]];
        _repository.Targets.Remove("root");
        _repository.Release();

        Assert.Equal(TufFailure.Format, await _device.RefusalAsync());
    }

    [Fact]
    public async Task TufClient_RoleNameThatIsNoFileName_IsRefused()
    {
        _repository.Delegate("targets", role => new DelegatedRole(new string('€', 30), role, false, ["*"])); // 270 characters when encoded
        _repository.Release();

        Assert.Equal(TufFailure.Format, (await Assert.ThrowsAsync<TufException>(() => _device.FindAsync("x"))).Failure);
    }

    [Fact]
    public async Task TufClient_EveryRoleDelegatesOn_StopsAt32()
    {
        for (var i = 0; i < 40; i++)
        {
            _repository.Delegate(i == 0 ? "targets" : $"r{i}", role => new DelegatedRole($"r{i + 1}", role, false, ["*"]));
        }

        _repository.Release();

        Assert.Equal(TufFailure.TooLarge, (await Assert.ThrowsAsync<TufException>(() => _device.FindAsync("x"))).Failure);
        Assert.Equal("metadata/1.r32.json", _repository.Requests[^1]);
    }

    [Fact]
    public async Task TufClient_DelegatedRoleExpired_EndsTheSearch()
    {
        _repository.Delegate("targets", role => new DelegatedRole("A", role, false, ["*"]));
        _repository.Targets["A"] = _repository.Targets["A"] with { Expires = SignedRepository.Now };
        _repository.Add("A", "x", "abc"u8.ToArray());
        _repository.Release();

        Assert.Equal(TufFailure.Expired, (await Assert.ThrowsAsync<TufException>(() => _device.FindAsync("x"))).Failure);
        Assert.DoesNotContain("A.json", _device.TrustedFiles());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a//x")]
    [InlineData("a/./x")]
    [InlineData("/x")]
    public async Task TufClient_TargetPathThatLeaves_IsRefused(string path)
    {
        var target = new TargetFile(path, 3, new Dictionary<string, string> { ["sha256"] = new('a', 64) }, null, true);

        Assert.Equal(TufFailure.Format, (await Assert.ThrowsAsync<TufException>(() => _device.Client().FetchTargetAsync(target, 10, CancellationToken.None))).Failure);
    }

    [Fact]
    public async Task TufClient_TargetOfAnotherRelease_IsMixMatch()
    {
        _repository.Add("targets", "a.bin", "abc"u8.ToArray());
        _repository.Release();
        var target = await _device.FindAsync("a.bin");
        _repository.Files[RepositoryPath.OfTarget(target!)] = "abd"u8.ToArray();

        Assert.Equal(TufFailure.MixMatch, (await Assert.ThrowsAsync<TufException>(() => _device.Client().FetchTargetAsync(target!, 10, CancellationToken.None))).Failure);
        Assert.Equal(TufFailure.TooLarge, (await Assert.ThrowsAsync<TufException>(() => _device.Client().FetchTargetAsync(target!, 2, CancellationToken.None))).Failure);
    }
}
