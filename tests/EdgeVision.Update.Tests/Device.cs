using System.Text.Json.Nodes;
using EdgeVision.Packaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Update.Tests;

/// <summary>A state directory, a factory package and a repository; the updater in it is made anew at every start.</summary>
internal sealed class Device : IDisposable
{
    private readonly string _directory;
    private readonly bool _fromFolder;
    private readonly TestAuthority _authority = new();
    private ObjectServer? _server;
    private ModelUpdater? _updater;

    /// <param name="inMemory">On a file system in memory, and with the repository in a folder beside it: for tests that start a device a thousand times.</param>
    public Device(bool inMemory = false)
    {
        _fromFolder = inMemory;
        _directory = inMemory && Directory.Exists("/dev/shm") ? Path.Combine("/dev/shm", $"edgevision-test-{Guid.NewGuid():N}") : Directory.CreateTempSubdirectory("edgevision-test-").FullName;
        Directory.CreateDirectory(_directory);
        File.WriteAllBytes(RootFile = At("root.json"), Repository.RootFile);
        File.WriteAllText(At("ca.pem"), _authority.Pem);
        Factory = Packages.Write(At("factory"), "0.0.1");
    }

    public ObjectServer Server => _server ??= new ObjectServer(_authority.Server(), Repository);

    public TestRepository Repository { get; } = new();

    /// <summary>What the site configured.</summary>
    public string? RootFile { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Called before every operation of the disk.</summary>
    public Action<DiskOperation> Observer { get; set; } = _ => { };

    public IReadOnlyList<string> CameraProfiles { get; set; } = [];

    public TimeSpan TrialLimit { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan ObservationLimit { get; set; } = TimeSpan.FromSeconds(30);

    public TestAuthority Authority => _authority;

    public ModelPackage Factory { get; }

    public ScriptedTrial Trial { get; } = new();

    /// <summary>Called at every fault point.</summary>
    public Action<string> Fault { get; set; } = _ => { };

    public long ReserveBytes { get; set; }

    public UpdateSite Site { get; set; } = UpdateSite.Open;

    public int MaxFruitlessAttempts { get; set; } = 4;

    public TimeSpan StallWindow { get; set; } = TimeSpan.FromSeconds(5);

    public string StateDirectory { get => field ??= At("state"); set; }

    /// <summary>The repository as a folder.</summary>
    public string Folder => At("repository");

    public UpdateRecord Record => new StateFile(new StateDisk(_ => { }), StateDirectory).Load(out _) ?? UpdateRecord.Fresh;

    public ModelUpdater Updater => _updater ?? throw new InvalidOperationException("not started");

    public UpdateReport Report => Updater.Report;

    public string ObjectOf(string sha256) => Path.Combine(StateDirectory, "objects", "sha256", sha256[..2], sha256);

    public string ObjectOf(ModelPackage package, string role) => ObjectOf(package.Manifest.FileOf(role)!.Sha256);

    public ModelPackage Publish(string version, ManifestRequirements? requires = null, int modelBytes = Packages.ModelBytes, int? chunk = null)
    {
        var package = Packages.Write(At("published-" + version), version, requires, modelBytes, chunk: chunk);
        Repository.Add(package);
        Repository.WriteTo(Folder);
        return package;
    }

    /// <param name="delta">Makes the difference that is signed with the release.</param>
    public ModelPackage Publish(string version, byte[] network, Func<ManifestFile, ReleaseDelta> delta, out ReleaseDelta signed)
    {
        var package = Packages.Write(At("published-" + version), version, network: network);
        Repository.Add(package, null, signed = delta(package.ModelFile));
        Repository.WriteTo(Folder);
        return package;
    }

    public ModelDeployment Deploy(ModelPackage package, string? id = null) => new(
        id ?? "d-" + package.Manifest.Version, package.Manifest.Model, package.Manifest.Version, package.Digest["sha256:".Length..],
        new FileInfo(Path.Combine(package.Directory, "manifest.json")).Length, _fromFolder ? new Uri($"file://{Folder}/") : Server.Address);

    /// <summary>A new process over the same disk; what it serves.</summary>
    public ModelPackage Start()
    {
        Directory.CreateDirectory(StateDirectory);
        var options = new UpdateOptions
        {
            StateDirectory = StateDirectory,
            FactoryDirectory = Factory.Directory,
            TrustRootFile = RootFile,
            CameraProfiles = CameraProfiles,
            TrialLimit = TrialLimit,
            ObservationLimit = ObservationLimit,
            CaFile = At("ca.pem"),
            ReserveBytes = ReserveBytes,
            StallWindow = StallWindow,
            FirstBackoff = TimeSpan.FromMilliseconds(1),
            MaxBackoff = TimeSpan.FromMilliseconds(5),
            MaxRetryAfter = TimeSpan.FromMilliseconds(300),
            MaxFruitlessAttempts = MaxFruitlessAttempts,
        };
        _updater = new ModelUpdater(options, Time, NullLogger<ModelUpdater>.Instance, Site, point => Fault(point), operation => Observer(operation));
        return _updater.Recover();
    }

    public Task ApplyAsync(ModelDeployment deployment, CancellationToken cancellationToken = default) => Updater.ApplyAsync(deployment, Trial, cancellationToken);

    public async Task<UpdateReport> ApplyAsync(ModelPackage package)
    {
        await ApplyAsync(Deploy(package));
        return Report;
    }

    /// <summary>The process ends at this point of the disk's history, if it comes there.</summary>
    public void CutPowerAt(string point) => Fault = reached =>
    {
        if (reached == point)
        {
            Fault = _ => { };
            throw new PowerCutException(point);
        }
    };

    public void CutPowerAtNextWrite() => Fault = reached =>
    {
        Fault = _ => { };
        throw new PowerCutException(reached);
    };

    /// <summary>The owner of the repository takes a release back.</summary>
    public void Revoke(ModelPackage package)
    {
        Repository.Policy = new JsonObject { ["revoked"] = new JsonArray(package.Digest["sha256:".Length..]) };
        Repository.Publish();
        Repository.WriteTo(Folder);
    }

    /// <summary>Whatever was broken around the device is mended.</summary>
    public void MakeWell()
    {
        Fault = _ => { };
        Observer = _ => { };
        Trial.AgreeToAll();
        Repository.WriteTo(Folder);
        if (_server is not null)
        {
            _server.Script = exchange => exchange.ServeAsync();
            _server.MetadataScript = exchange => exchange.ServeAsync();
        }
    }

    public async Task AcceptsTheNextAsync()
    {
        MakeWell();
        var next = Publish("9.9.9");
        var report = await ApplyAsync(next);
        Assert.Equal((UpdateState.Committed, next.Digest), (report.State, report.ActiveDigest));
        Assert.Equal(next.Digest, Start().Digest);
    }

    public void Edit(Func<UpdateRecord, UpdateRecord> change)
    {
        var file = new StateFile(new StateDisk(_ => { }), StateDirectory);
        var record = file.Load(out _)!;
        file.Store(change(record) with { Sequence = record.Sequence + 1 }, () => { });
    }

    public static void FlipBit(string path)
    {
        var bytes = File.ReadAllBytes(path);
        File.Delete(path); // because nobody may write to an object
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private string At(string name) => Path.Combine(_directory, name);

    public void Dispose()
    {
        _server?.Dispose();
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
