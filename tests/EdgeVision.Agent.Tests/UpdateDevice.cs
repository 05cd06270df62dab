using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Update;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Agent.Tests;

/// <summary>A device with a factory model, a signed repository on a stick, and the worker between twin and updater, made anew at every start.</summary>
internal sealed class UpdateDevice : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly KeyRing _ring = new();
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    public UpdateDevice()
    {
        Directory.CreateDirectory(State);
        Write("factory", "0.0.1");
        using var repository = RepositoryWriter.Create(Stick, () => DevelopmentKeys.Make(_directory.File("keys")), TimeProvider.System);
        _ring.AddFolder(_directory.File("keys"));
        repository.Sign(_ring);
        repository.Publish(_ring);
    }

    public string State => _directory.File("state");

    public string Stick => _directory.File("stick");

    public string Hold => Path.Combine(State, "update.hold");

    public RecordedLink Link { get; } = new();

    public YesTrial Trial { get; } = new();

    public ModelUpdater Updater { get; private set; } = null!;

    public UpdateWorker Worker { get; private set; } = null!;

    public AuditLog Audit { get; private set; } = null!;

    public bool WithRoot { get; set; } = true;

    public void Release(string version)
    {
        using var repository = RepositoryWriter.Open(Stick, TimeProvider.System);
        repository.Add(Write("toy-" + version, version));
        repository.Sign(_ring);
        repository.Publish(_ring);
    }

    /// <summary>A new process over the same disk.</summary>
    public void Start()
    {
        Stop();
        _stop = new CancellationTokenSource();
        Audit = new AuditLog(Path.Combine(State, "audit"), 1 << 20, TimeProvider.System, NullLogger.Instance);
        var options = new UpdateOptions
        {
            StateDirectory = State, FactoryDirectory = _directory.File("factory"), TrustRootFile = WithRoot ? RepositoryWriter.RootFile(Stick) : null, ReserveBytes = 0,
            FirstBackoff = TimeSpan.FromMilliseconds(1), MaxBackoff = TimeSpan.FromMilliseconds(1), MaxFruitlessAttempts = 1,
        };
        Updater = new ModelUpdater(options, TimeProvider.System, NullLogger<ModelUpdater>.Instance, new UpdateSite(() => new SitePolicy(), new SiteConditions(Hold, null), Audit));
        Updater.Recover();
        Worker = new UpdateWorker(Updater, Trial, Link, State, () => true, TimeProvider.System, NullLogger<UpdateWorker>.Instance);
        _running = Worker.RunAsync(_stop.Token);
    }

    public void Stop()
    {
        _stop?.Cancel();
        ((IAsyncResult)_running).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(30));
        _stop?.Dispose();
        _stop = null;
    }

    public string Import(string version) => new ImportStage(Stick, State).Place("toy", version, 0, TimeProvider.System.GetUtcNow()).DeploymentId;

    /// <summary>What the hub would wish; nothing answers at its address.</summary>
    public static JsonObject Wish(string id, long version, string action = "apply") => new()
    {
        ["$version"] = version,
        ["modelUpdate"] = new JsonObject
        {
            ["deploymentId"] = id, ["action"] = action, ["model"] = "toy", ["version"] = "9.0.0", ["manifestSha256"] = new string('a', 64), ["manifestSize"] = 9, ["source"] = "https://127.0.0.1:9/",
        },
    };

    public JsonObject Until(Func<JsonObject, bool> isSo)
    {
        Eventually.True(() => Link.Update is { } update && isSo(update), TimeSpan.FromSeconds(20), () => $"{Link.Update}");
        return Link.Update!;
    }

    public void Dispose()
    {
        Stop();
        _ring.Dispose();
        _directory.Dispose();
    }

    private ModelPackage Write(string folder, string version)
    {
        var manifest = new Manifest
        {
            Schema = 1, Model = "toy", Version = version, Counter = version[0] - '0',
            Files = [new ManifestFile("model", "model.onnx", 0, ""), new ManifestFile("labels", "labels.txt", 0, "")],
            Requires = new ManifestRequirements(),
            Io = new ManifestIo([new ManifestTensor("in", "float32", [1, 3, 4, 4])], [new ManifestTensor("out", "float32", [1, 2])]),
            Preprocess = new ManifestPreprocess(), Decode = new ManifestDecode { Decoder = "logits" },
        };
        var network = TinyNetwork.Write(SHA256.HashData(Encoding.UTF8.GetBytes(version)));
        return PackageWriter.Write(_directory.File(folder), manifest, new Dictionary<string, byte[]> { ["model.onnx"] = network, ["labels.txt"] = Encoding.UTF8.GetBytes("cat\ndog\n") });
    }
}
