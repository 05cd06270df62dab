using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>The daemon's side of imports: <c>import/ID/</c> waits to be applied, <c>import/ID.outcome.json</c> is what came of it.</summary>
/// <remarks>An import with an outcome is never applied again, even where its files cannot be deleted because another user put them there. Any thread.</remarks>
public sealed partial class ImportDesk(string stateDirectory, ILogger logger)
{
    internal const string Incoming = ".incoming";
    private const string Outcome = ".outcome.json", LockName = "import.lock";
    private const int MostOutcomes = 8;
    private const int Held = 11; // EAGAIN of flock(2)
    private readonly string _imports = FolderOf(stateDirectory);

    public static string FolderOf(string stateDirectory) => Path.Combine(stateDirectory, "import");

    /// <summary>Where the outcome of an import will lie: the report as JSON.</summary>
    public static string OutcomeOf(string stateDirectory, string deploymentId) => Path.Combine(FolderOf(stateDirectory), deploymentId + Outcome);

    /// <summary>The newest import that is not done: like a newer wish of the hub it takes the place of older ones.</summary>
    public ModelDeployment? Waiting()
    {
        try
        {
            Directory.CreateDirectory(_imports); // the daemon's own, whoever puts something in later
            return Directory.GetDirectories(_imports).Where(IsWaiting).OrderDescending(StringComparer.Ordinal).Select(ImportOrder.TryRead).FirstOrDefault(order => order is not null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Unreadable(logger, _imports, exception.Message);
            return null;
        }
    }

    /// <summary>Writes down what came of a deployment, if it was an import, and of the older ones it took the place of; then their files go.</summary>
    public void Finish(string deploymentId, byte[] outcome)
    {
        if (!Directory.Exists(Path.Combine(_imports, deploymentId)))
        {
            return;
        }

        foreach (var folder in Directory.GetDirectories(_imports).Where(IsWaiting).Where(folder => string.CompareOrdinal(Path.GetFileName(folder), deploymentId) <= 0))
        {
            Guarded(folder, () => DurableDisk.Write(folder + Outcome, outcome));
        }

        foreach (var folder in Directory.GetDirectories(_imports).Where(folder => File.Exists(folder + Outcome)))
        {
            Guarded(folder, () => DurableDisk.Delete(folder));
        }
    }

    /// <summary>One import at a time; what an interrupted one left goes.</summary>
    internal static IDisposable Lock(string imports)
    {
        Directory.CreateDirectory(imports);
        try
        {
            var held = new FileStream(Path.Combine(imports, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var left in Directory.GetDirectories(imports, "*" + Incoming))
            {
                TryDelete(left);
            }

            foreach (var old in Directory.GetFiles(imports, "*" + Outcome).Order(StringComparer.Ordinal).SkipLast(MostOutcomes))
            {
                TryDelete(old); // nobody waits for it any more
            }

            return held;
        }
        catch (IOException exception) when (exception.HResult == Held)
        {
            throw new ImportException("another import is under way: wait for it", exception);
        }
    }

    internal static void TryDelete(string path)
    {
        try
        {
            DurableDisk.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the next import tries again
        }
    }

    private static bool IsWaiting(string folder) => !folder.EndsWith(Incoming, StringComparison.Ordinal) && !File.Exists(folder + Outcome);

    private void Guarded(string folder, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotFinished(logger, folder, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6080, LogLevel.Error, "{Folder} cannot be looked through for imports: {Problem}")]
        public static partial void Unreadable(ILogger logger, string folder, string problem);

        [LoggerMessage(6081, LogLevel.Warning, "The import {Folder} is done but cannot be taken away: {Problem}")]
        public static partial void NotFinished(ILogger logger, string folder, string problem);
    }
}
