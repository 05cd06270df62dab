using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Where JSON lines go; what goes wrong on the way names the file.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _name;
    private readonly Stream _stream;
    private readonly Answers _answers;

    private OutputFile(string name, Stream stream)
    {
        (_name, _stream) = (name, stream);
        _answers = new Answers(stream);
    }

    /// <param name="name">A path, or - for the standard output.</param>
    public static OutputFile Open(string name) => Named(name, () => new OutputFile(name, new BufferedStream(name == "-" ? Console.OpenStandardOutput() : File.Create(name), 64 * 1024)));

    public void Write(long index, Frame frame, VisionModel model, VisionResult result) => Named(_name, () =>
    {
        _answers.Write(index, frame, model, result);
        return true;
    });

    /// <summary>Everything is written; a full disk shows here at the latest.</summary>
    public void Finish() => Named(_name, () =>
    {
        _stream.Flush();
        return true;
    });

    public void Dispose()
    {
        _answers.Dispose();
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // said already, by Write or Finish
        }
    }

    private static T Named<T>(string name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{name}: {exception.Message}", exception);
        }
    }
}
