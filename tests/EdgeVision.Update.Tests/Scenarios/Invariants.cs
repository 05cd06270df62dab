using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>What holds after every fault and every restart.</summary>
internal static class Invariants
{
    /// <summary>Goes on with what was interrupted, in at most three starts, and looks at the device after it.</summary>
    public static async Task FinishAsync(Device device, string name)
    {
        for (var starts = 0; device.Updater.Pending is not null; starts++)
        {
            Assert.True(starts < 3, $"{name}: no end after three starts: {device.Report}"); // I3
            device.Updater.Changed += Approve;
            await device.ApplyAsync(device.Updater.Pending);
            Check(device, name);
        }

        Assert.True(TransitionTable.IsEnd(device.Report.State), $"{name}: {device.Report}"); // I4
        Check(device, name);
        RequireNoWaste(device, name);

        void Approve(UpdateReport report) => _ = report.State == UpdateState.AwaitingDecision ? device.Updater.Approve(report.DeploymentId!) : null;
    }

    private static void Check(Device device, string name)
    {
        var before = device.Record;
        var served = device.Start();
        Assert.True(ModelPackage.OpenObjects(Manifest(device, served), file => served.PathOf(file)).Digest == served.Digest, name); // I1, I2: every byte was hashed
        Assert.True(device.Report.ActiveDigest == served.Digest, $"{name}: serves {served.Digest}, reports {device.Report}"); // I4
        Assert.True(device.Record.TimeFloor >= before.TimeFloor && device.Record.CatalogueVersion >= before.CatalogueVersion, $"{name}: a floor fell"); // I5
        Assert.All(before.Counters, counter => Assert.True(device.Record.HighestOf(counter.Key).Counter >= counter.Value.Counter, $"{name}: a counter fell"));
    }

    private static string Manifest(Device device, ModelPackage served) =>
        served.Digest == device.Factory.Digest ? Path.Combine(device.Factory.Directory, ModelPackage.ManifestName) : device.ObjectOf(served.Digest["sha256:".Length..]);

    // I6
    private static void RequireNoWaste(Device device, string name)
    {
        var slots = new[] { device.Record.Active, device.Record.Previous, device.Record.Older }.OfType<Slot>().Select(slot => slot.Digest).Distinct().ToArray();
        var wanted = slots.SelectMany(digest => ManifestReader.Read(File.ReadAllBytes(device.ObjectOf(digest)), digest).Files.Select(file => file.Sha256).Append(digest)).ToHashSet();
        var objects = Path.Combine(device.StateDirectory, "objects");
        var there = Directory.Exists(objects) ? Directory.GetFiles(objects, "*", SearchOption.AllDirectories).Select(Path.GetFileName) : [];
        Assert.True(wanted.SetEquals(there!), $"{name}: {string.Join(", ", there.Where(file => !wanted.Contains(file!)))} is waste");
        var partial = Path.Combine(device.StateDirectory, "partial");
        Assert.True(!Directory.Exists(partial) || Directory.GetFiles(partial).Length == 0, $"{name}: parts were left");
    }
}
