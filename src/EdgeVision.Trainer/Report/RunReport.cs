using System.Text;
using EdgeVision.Trainer.Measurement;
using EdgeVision.Trainer.Storage;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Report;

/// <summary>What came of a run, as one page for people: <c>report.html</c> in its folder.</summary>
/// <remarks>The test pictures are judged by the exported network through the device's own preparation, runtime and decoder. The same run gives the same page.</remarks>
internal static class RunReport
{
    /// <returns>The page's path.</returns>
    /// <exception cref="TrainerException">The run is not done, or its pictures are gone or others now.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static string Write(string path, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var (folder, run, result) = RunFolder.OpenDone(path);
        using var data = HeldOut.Of(OpenedVersion.Open(folder.Data));
        using var trial = TrialPackage.Of(folder, run);
        var judged = trial is null ? null : Judgement.Of(trial.Package, data, progress, stop);
        var findings = new RunFindings(Path.GetFileName(folder.Path), run, result, folder.ReadEpochs(), VersionJson.Read(folder.Data), judged, judged is null ? [] : MistakeGallery.Of(judged));
        AtomicFile.Write(folder.Report, file => file.Write(Encoding.UTF8.GetBytes(RunPage.Write(findings))));
        return folder.Report;
    }
}
