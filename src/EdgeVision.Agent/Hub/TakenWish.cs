using System.Text;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Which deployment of the hub was taken up last (<c>update.wish</c>): a hub repeats its wish at each connection, and what somebody imported at the device since then must not make way for it.</summary>
/// <remarks>Written when the updater has it on its own disk, never before: a power cut in between makes the wish come twice, which the updater knows, and never be lost.</remarks>
internal sealed partial class TakenWish(string stateDirectory, ILogger logger)
{
    private const int MaxBytes = 1024;
    private readonly string _path = Path.Combine(stateDirectory, "update.wish");
    private string? _last;

    public string Last => _last ??= Read();

    public void Take(string deploymentId)
    {
        if (deploymentId == Last)
        {
            return;
        }

        _last = deploymentId;
        try
        {
            DurableDisk.Write(_path + ".tmp", Encoding.UTF8.GetBytes(deploymentId));
            DurableDisk.MoveFile(_path + ".tmp", _path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, _path, exception.Message);
        }
    }

    private string Read()
    {
        try
        {
            return File.Exists(_path) && new FileInfo(_path).Length <= MaxBytes ? File.ReadAllText(_path) : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7032, LogLevel.Warning, "{Path} cannot be written: the hub's last deployment may come again after a restart ({Problem})")]
        public static partial void NotKept(ILogger logger, string path, string problem);
    }
}
