using System.Runtime.CompilerServices;

namespace Vcas.Domain.Tests;

/// <summary>
/// A text that people read and a test holds: it fails when the two differ. Run the tests with VCAS_WRITE_GOLDEN=1 to write it
/// anew, then read what changed.
/// </summary>
internal static class Golden
{
    public static void Holds(string fileName, string text, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, fileName);
        if (Environment.GetEnvironmentVariable("VCAS_WRITE_GOLDEN") == "1") File.WriteAllText(file, text);
        Assert.True(File.Exists(file), $"{file} is missing: write it with VCAS_WRITE_GOLDEN=1.");
        Assert.Equal(File.ReadAllText(file), text, ignoreLineEndingDifferences: true);
    }
}
