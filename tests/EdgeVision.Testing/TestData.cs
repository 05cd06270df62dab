using Xunit;

namespace EdgeVision.Testing;

/// <summary>The real models, videos and pictures that tests use and that are never part of the project.</summary>
/// <remarks>They lie under <c>EDGEVISION_DATA</c>, by default <c>../shared/data</c> beside the checkout. A test that needs a missing one is reported as skipped.</remarks>
public static class TestData
{
    /// <summary>The checkout's root: the nearest folder upwards that holds EdgeVision.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The data folder; it may not exist.</summary>
    public static string Root { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("EDGEVISION_DATA") is { Length: > 0 } set ? set : Path.Combine(RepositoryRoot, "..", "shared", "data"));

    /// <summary>The full path of a file or folder of the data, or the running test is skipped.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(Root, relativePath);
        Assert.SkipUnless(Path.Exists(path), $"needs {path}: set EDGEVISION_DATA to the folder of test data");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "EdgeVision.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No EdgeVision.sln above {AppContext.BaseDirectory}.");
    }
}
