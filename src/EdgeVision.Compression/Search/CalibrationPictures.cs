using System.Security.Cryptography;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>Calibration pictures as the tensors that the device would feed the network with, one in memory at a time.</summary>
/// <remarks>
/// At most so many pictures, evenly chosen of all. Each is looked at once when the set is opened: those that do not decode are left out and named, black ones and twins are warned of.
/// <see cref="GetEnumerator"/> may be asked for any number of times. One thread at a time.
/// </remarks>
internal sealed class CalibrationPictures : IEnumerable<NetworkTensor>, IDisposable
{
    private const int MostNamed = 3;

    private readonly Dataset _dataset;
    private readonly PackagedInput _input;
    private readonly List<DatasetItem> _items = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private CalibrationPictures(Dataset dataset, PackagedInput input) => (_dataset, _input) = (dataset, input);

    public int Count => _items.Count;

    /// <summary><c>sha256:</c> of the tensors in their order.</summary>
    public string Digest { get; private set; } = "";

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <exception cref="CompressionException">No picture that decodes.</exception>
    public static CalibrationPictures Open(string path, Manifest manifest, int limit, IProgress<double>? progress, CancellationToken stop)
    {
        var dataset = Dataset.Open(path, new DatasetOptions { PicturesOnly = true, Limit = limit });
        var pictures = new CalibrationPictures(dataset, new PackagedInput(manifest));
        try
        {
            pictures.Look(path, progress, stop);
            return pictures;
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    public IEnumerator<NetworkTensor> GetEnumerator() => _items.Select(Encode).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>So many of the samples, evenly chosen and held in memory, but not more than so many bytes.</summary>
    public NetworkTensor[] Some(int count, long bytes)
    {
        var size = Encode(_items[0]).Data.LongLength;
        var most = (int)Math.Clamp(Math.Min(count, bytes / Math.Max(size, 1)), 1, _items.Count);
        return [.. Enumerable.Range(0, most).Select(i => Encode(_items[(int)((long)i * _items.Count / most)]))];
    }

    /// <summary>Said where pictures of an evaluation are among these, because figures on pictures that ranges were chosen by flatter.</summary>
    public IEnumerable<string> WarnOfOverlap(IReadOnlyList<DatasetItem> evaluation, CancellationToken stop)
    {
        var sizes = _items.Select(item => item.Size).ToHashSet();
        var shared = new List<string>();
        // What has another number of bytes is another file, and is not decoded for it.
        foreach (var (item, frame, _) in PictureReader.Read([.. evaluation.Where(item => sizes.Contains(item.Size))], stop: stop))
        {
            using (frame)
            {
                if (frame is not null && _names.ContainsKey(DigestOf(frame)))
                {
                    shared.Add(item.Name);
                }
            }
        }

        return Warning(shared, $"of {evaluation.Count} evaluation pictures are calibration pictures too, and flatter the figures (evaluate on others)");
    }

    public void Dispose()
    {
        _input.Dispose();
        _dataset.Dispose();
    }

    private NetworkTensor Encode(DatasetItem item)
    {
        using var frame = item.Open();
        return _input.Encode(frame);
    }

    private void Look(string path, IProgress<double>? progress, CancellationToken stop)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (unreadable, black, twins) = (new List<string>(), new List<string>(), new List<string>());
        for (var i = 0; i < _dataset.Items.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            var item = _dataset.Items[i];
            try
            {
                var digest = DigestOf(item, black);
                all.AppendData(Convert.FromHexString(digest));
                _items.Add(item);
                if (!_names.TryAdd(digest, item.Name))
                {
                    twins.Add($"{item.Name} = {_names[digest]}");
                }
            }
            catch (Exception exception) when (exception is ImageException or IOException)
            {
                unreadable.Add(exception.Message);
            }

            progress?.Report((i + 1.0) / _dataset.Items.Count);
        }

        RequireAny(path, unreadable);
        Digest = "sha256:" + Convert.ToHexStringLower(all.GetHashAndReset());
        Warnings = [.. _dataset.Warnings, .. Warning(unreadable, "calibration pictures do not decode and were left out"), .. Warning(black, "calibration pictures are black: a lens cap teaches nothing"), .. Warning(twins, "calibration pictures are the same as another")];
    }

    private string DigestOf(DatasetItem item, List<string> black)
    {
        using var frame = item.Open();
        if (!frame.Pixels.ContainsAnyInRange((byte)1, byte.MaxValue))
        {
            black.Add(item.Name);
        }

        return DigestOf(frame);
    }

    private string DigestOf(Frame frame) => Convert.ToHexStringLower(SHA256.HashData(_input.Encode(frame).Data));

    private void RequireAny(string path, List<string> unreadable)
    {
        if (_items.Count == 0)
        {
            throw new CompressionException($"{path} has no picture to calibrate with{(unreadable.Count > 0 ? $": {unreadable[0]}" : ".")} Give some tens of pictures like those of the camera.");
        }
    }

    private static IEnumerable<string> Warning(List<string> names, string what)
    {
        if (names.Count > 0)
        {
            yield return $"{names.Count} {what}: {string.Join("; ", names.Take(MostNamed))}{(names.Count > MostNamed ? "; ..." : "")}";
        }
    }
}
