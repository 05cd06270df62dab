namespace EdgeVision.Trainer;

/// <summary>Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747; MIT) as Debian's package <c>dataset-fashion-mnist</c> leaves it: 60,000 pictures to learn from, 10,000 to test, 28x28 grey, ten classes.</summary>
internal static class FashionMnist
{
    public const string Name = "fashion-mnist";

    private const string Folder = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] _labels = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static bool IsThere => Directory.Exists(Folder);

    /// <exception cref="TrainerException">The package is not installed.</exception>
    public static IReadOnlyList<VersionSource> Sources() => IsThere
        ? [Source("train", null), Source("t10k", DataSplit.Test)]
        : throw new TrainerException($"{Name} is not there: {Folder} does not exist. Install it with: sudo apt-get install dataset-fashion-mnist");

    private static VersionSource Source(string part, DataSplit? split) => new() { Path = $"{Folder}/{part}-images-idx3-ubyte.gz", Split = split, Labels = _labels };
}
