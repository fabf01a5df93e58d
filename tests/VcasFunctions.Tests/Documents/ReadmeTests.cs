namespace VcasFunctions.Tests.Documents;

/// <summary>The README is short enough to be read in two minutes.</summary>
public sealed class ReadmeTests
{
    private const int MostWords = 900;

    [Fact]
    public void The_readme_has_at_most_900_words()
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root, "README.md"));
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

        Assert.True(words <= MostWords, $"The README has {words} words. Move what goes into detail to docs/.");
    }
}
