using System.Globalization;
using EdgeVision.Capture;
using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Pictures of synthetic intersections with the truth about them: <c>images/</c> and COCO's <c>annotations.json</c>.</summary>
/// <remarks>
/// Four pictures of a scene, seven seconds apart, then another scene: other roads, camera, hour, weather, colours and traffic. So a set made with another seed shows other places.
/// A road user of which less than a quarter is visible, whose box's longer side is below <see cref="IntersectionOptions.Least"/> or whose shorter one is below 3 pixels, is marked ignored (iscrowd 1): nobody has
/// to find it and nobody is blamed who does. One whose visible part is below 2 pixels in either direction is left out, as freezing would do. Equal options are equal pictures and labels, whatever the number of threads.
/// </remarks>
internal static class IntersectionSet
{
    private const int PerScene = 4;
    private const int SecondsApart = 7;
    private const float LeastShare = 0.25f;
    private const float LeastWide = 3;
    private const int Quality = 90;
    private const string Images = "images";

    /// <exception cref="TrainerException">The folder is there already, or its disk is full.</exception>
    public static void Write(string folder, IntersectionOptions options, CancellationToken stop = default)
    {
        if (Path.Exists(folder))
        {
            throw new TrainerException($"{folder} is there already: give a new folder with --out.");
        }

        using var draft = new DraftDirectory(folder);
        Directory.CreateDirectory(Path.Combine(draft.Path, Images));
        var seen = new SceneObject[options.Pictures][];
        var work = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = stop };
        try
        {
            Parallel.For(0, (options.Pictures + PerScene - 1) / PerScene, work, scene => Take(draft.Path, options, scene, seen));
        }
        catch (AggregateException problems) when (problems.InnerExceptions[0] is IOException or UnauthorizedAccessException)
        {
            throw new TrainerException($"{folder}: {problems.InnerExceptions[0].Message} Make room, or give another folder with --out.");
        }

        File.WriteAllBytes(Path.Combine(draft.Path, "annotations.json"), Label(options, seen).ToBytes());
        draft.Publish();
    }

    private static void Take(string folder, IntersectionOptions options, int number, SceneObject[][] seen)
    {
        var random = RandomStream.For(options.Seed, 0, number);
        var scene = new SyntheticIntersection(new SyntheticOptions
        {
            Seed = (long)(random.NextULong() >> 11), Rate = 1, Width = options.Width, Height = options.Height,
            Light = options.Light, Weather = options.Weather, Traffic = random.Between(0.5f, 1.6f),
        });
        using var frame = new FramePool("scene", new ImageLayout(PixelFormat.Bgr24, options.Width, options.Height), capacity: 1).TryRent()!;
        for (var picture = number * PerScene; picture < Math.Min(options.Pictures, (number + 1) * PerScene); picture++)
        {
            var objects = scene.Render(picture % PerScene * SecondsApart, frame.Pixels);
            seen[picture] = [.. objects.Where(each => MathF.Min(each.Box.Width, each.Box.Height) >= BoxCleaning.MinSide)];
            File.WriteAllBytes(Path.Combine(folder, NameOf(picture)), ImageCodec.EncodeJpeg(frame, Quality));
        }
    }

    private static CocoFile Label(IntersectionOptions options, SceneObject[][] seen) => new(
        [.. Enum.GetValues<SceneClass>().Select(kind => new CocoCategory((int)kind, NameOf(kind)))],
        [.. seen.Select((_, picture) => new CocoImage(picture, NameOf(picture), options.Width, options.Height))],
        [.. seen.SelectMany((objects, picture) => objects.Select(each => (picture, each))).Select((pair, id) => Label(id, pair.picture, pair.each, options.Least))]);

    private static CocoAnnotation Label(int id, int picture, SceneObject seen, int least)
    {
        var box = seen.Box;
        var isIgnored = seen.VisibleShare < LeastShare || MathF.Max(box.Width, box.Height) < least || MathF.Min(box.Width, box.Height) < LeastWide;
        return new CocoAnnotation(id, picture, (int)seen.Class, [box.X1, box.Y1, box.Width, box.Height], isIgnored ? 1 : 0);
    }

    private static string NameOf(int picture) => string.Create(CultureInfo.InvariantCulture, $"{Images}/{picture:D6}.jpg");

    private static string NameOf(SceneClass kind) => kind switch
    {
        SceneClass.Person => "person",
        SceneClass.Bicycle => "bicycle",
        SceneClass.Car => "car",
        SceneClass.Bus => "bus",
        _ => "truck",
    };
}
