namespace VcasFunctions.Tests;

/// <summary>
/// A text that people read and a test holds: it fails when the two differ. Run the tests with VCAS_WRITE_GOLDEN=1 to write it
/// anew, then read what changed.
/// </summary>
internal static class Golden
{
    /// <summary>Whether texts are to be written anew.</summary>
    public static bool IsToBeWritten => Environment.GetEnvironmentVariable("VCAS_WRITE_GOLDEN") == "1";

    /// <summary>The root of the source tree.</summary>
    public static string Root { get; } = Find();

    /// <summary>Holds a file of the source tree, named from its root, to this text.</summary>
    public static void Holds(string path, string text)
    {
        var file = Path.Combine(Root, path);
        if (IsToBeWritten)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{path} is missing: write it with VCAS_WRITE_GOLDEN=1.");
        Assert.Equal(File.ReadAllText(file), text, ignoreLineEndingDifferences: true);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VcasFunctions.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("No VcasFunctions.sln above " + AppContext.BaseDirectory);
    }
}
