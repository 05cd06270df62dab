using EdgeVision.Imaging;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference.Tests;

public sealed class SegmentationTests(ITestOutputHelper output)
{
    private const int Person = 15;

    [Fact]
    public void SegmentationDecoder_LetterboxedPicture_LeavesThePaddingOut()
    {
        // 4x4 cells of an 8x8 input, of which the picture takes the upper 8x4: 4x2 cells. Class 1 leads in the first column, class 2 in cell (3, 1).
        NativeRuntime.Use(null);
        using var tensor = new BoundTensor("test", TensorElementType.Float, [1, 3, 4, 4]);
        (tensor.Floats[16 + 0], tensor.Floats[16 + 4], tensor.Floats[32 + 7]) = (1, 1, 1);
        var (decoder, map) = (new SegmentationDecoder(tensor.Shape, 8, 8), new SegmentationMap());

        decoder.Decode(tensor, new Letterbox(1, 1, 0, 0, 8, 4), map);

        Assert.Equal((4, 2), (map.Width, map.Height));
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 2], map.Cells.ToArray());
        Assert.Equal([0.625f, 0.25f, 0.125f, 0], Enumerable.Range(0, 4).Select(map.ShareOf));
        Assert.Equal(0, Allocated.Bytes(20, () => decoder.Decode(tensor, new Letterbox(1, 1, 0, 0, 8, 4), map)));
    }

    [Fact]
    public void VisionModel_ClassifierWhoseSecondOutputIsAMap_TellsWhatAndWhere()
    {
        using var folder = new TemporaryDirectory();
        var package = ToyClassifier.Write(folder.File("toy"), ToyClassifier.MeanAndPlaces, moreOutputs: new Packaging.ManifestTensor("places", "float32", [1, 3, 8, 8]));
        using var frame = new FramePool("halves", new ImageLayout(PixelFormat.Bgr24, 8, 8), capacity: 1).TryRent()!;
        for (var i = 0; i < 64; i++)
        {
            (frame.Pixels[3 * i], frame.Pixels[3 * i + 1], frame.Pixels[3 * i + 2]) = i % 8 < 6 ? ((byte)0, (byte)0, (byte)200) : ((byte)200, (byte)0, (byte)0);
        }

        using var model = VisionModel.Load(package, new InferenceOptions { Providers = ["cpu"] });
        var result = new VisionResult();
        model.Infer(frame, result);

        Assert.Equal((0, 150f / 255), (result.Classes[0].ClassId, result.Classes[0].Confidence), (left, right) => left.Item1 == right.Item1 && Math.Abs(left.Item2 - right.Item2) < 1e-3);
        Assert.Equal((8, 8), (result.ClassMap.Width, result.ClassMap.Height));
        Assert.Equal([0, 0, 0, 0, 0, 0, 2, 2], result.ClassMap.Cells[..8].ToArray());
        Assert.Equal(0.25f, result.ClassMap.ShareOf(2));
    }

    [Fact]
    public void VisionModel_FortyCocoPictures_FindsPersonsWherePersonsAre()
    {
        // 78 to 82 % in another program, on these pictures; people without a box in the truth are among the rest.
        using var espnet = Zoo.Load("espnetv2");
        var options = new Compression.DatasetOptions { Labels = ["person"], Pictures = TestData.Require("coco/val2017_100_images") };
        using var persons = Compression.Dataset.Open(TestData.Require("coco/val2017_100_person_keypoint_labels"), options);
        var result = new VisionResult();
        var (inside, all) = (0, 0);
        foreach (var item in persons.Items.Take(40))
        {
            using var frame = item.Open();
            espnet.Infer(frame, result);
            for (var i = 0; i < result.ClassMap.Cells.Length; i++)
            {
                var (x, y) = ((i % result.ClassMap.Width + 0.5f) / result.ClassMap.Width, (i / result.ClassMap.Width + 0.5f) / result.ClassMap.Height);
                var isPerson = result.ClassMap.Cells[i] == Person;
                all += isPerson ? 1 : 0;
                inside += isPerson && item.Truth.Boxes.Any(truth => x >= truth.Box.X1 && x < truth.Box.X2 && y >= truth.Box.Y1 && y < truth.Box.Y2) ? 1 : 0;
            }
        }

        output.WriteLine($"ESPNetv2: {inside} of {all} places called person lie in persons' boxes, {(double)inside / all:0.000}");
        Assert.InRange((double)inside / all, 0.78, 0.84);
    }
}
