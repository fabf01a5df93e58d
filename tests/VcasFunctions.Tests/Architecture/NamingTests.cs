using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Architecture;

/// <summary>
/// One way to write a name, wherever C# is written by hand: a field as <c>folder</c>, a constant as <c>Folder</c>, an acronym as
/// <c>Id</c> or <c>Json</c>. What no analyzer of the build holds.
/// </summary>
public sealed partial class NamingTests
{
    private static readonly string[] Made = ["bin", "obj", "node_modules"];

    [Fact]
    public void Names_are_written_one_way()
    {
        var read = new[] { "src", "tests" }.SelectMany(folder => Files(Path.Combine(Golden.Root, folder))).ToList();
        Assert.True(read.Count > 500, $"Only {read.Count} files were found.");
        var found =
            from file in read
            from line in File.ReadLines(file).Index()
            from style in Styles
            where style.Value.IsMatch(line.Item)
            select $"{Path.GetRelativePath(Golden.Root, file)}:{line.Index + 1} {style.Key}: {line.Item.Trim()}";
        Assert.Empty(found.ToList());
    }

    [Theory]
    [InlineData("    private readonly Lock _gate = new();", "a field")]
    [InlineData("    private Broker m_broker = null!;", "a field")]
    [InlineData("    internal static int s_turns;", "a field")]
    [InlineData("    private readonly TimeProvider Clock;", "a field")]
    [InlineData("    private const int mostRows = 7;", "a constant")]
    [InlineData("        const string answer = \"yes\";", "a constant")]
    [InlineData("    private static readonly TimeSpan aDay = TimeSpan.FromDays(1);", "a constant")]
    [InlineData("    public Guid OfferID { get; init; }", "an acronym")]
    [InlineData("        var callerID = Guid.NewGuid();", "an acronym")]
    [InlineData("    private static string ReadJSON(Stream body) =>", "an acronym")]
    [InlineData("    private readonly Dictionary<string, (int Kind, string Name)> known = [];", null)]
    [InlineData("    private static int turns;", null)]
    [InlineData("    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);", null)]
    [InlineData("        const int Most = 7;", null)]
    [InlineData("    private static string Name(int id) => Names[id];", null)]
    [InlineData("    public async Task Where_no_ID_is_given_the_API_says_so()", null)]
    [InlineData("        catch (SqliteException full) when (full.SqliteErrorCode == SQLITE_FULL)", null)]
    public void A_name_that_is_written_another_way_is_found_out(string line, string? what) =>
        Assert.Equal(what is null ? [] : [what], Styles.Where(style => style.Value.IsMatch(line)).Select(style => style.Key));

    private static readonly Dictionary<string, Regex> Styles = new()
    {
        ["a field"] = Field(),
        ["a constant"] = Constant(),
        ["an acronym"] = Acronym(),
    };

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs")
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Made.Contains(Path.GetFileName(inner))).SelectMany(Files));

    // With a prefix; or, of an instance, with a capital.
    [GeneratedRegex(
        @"^\s*(private|internal|protected|public) [^(=;{]*\b([a-z]?_[a-z]\w*) *(=[^>]|;)"
        + @"|^\s*private (readonly |volatile )*(?!(static|const|event|delegate|sealed|class|record)\b)"
        + @"[\w.<>?,\[\] ()]+ [A-Z]\w* *(=[^>]|;)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Field();

    [GeneratedRegex(
        @"^\s*((private|internal|protected|public) )?const [\w.<>?\[\]]+ [a-z_]\w*"
        + @"|^\s*(private|internal|protected|public) static readonly [^(=;{]+ [a-z]\w* *(=[^>]|;)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Constant();

    // The sentences that are tests' names, and constants of libraries, have underscores; BaseURL and ToHaveURLAsync are Playwright's.
    [GeneratedRegex(
        @"^(?!\s*(//|\[)).*(?<![\w""'./?-])((?!ToHaveURL|BaseURL)[A-Za-z]*[a-z](ID|URL|URI|JSON|HTTP|XML|SQL|CSV|API|UTC)\b(?![_""'.-])"
        + @"|(JSON|HTTP|XML|SQL|CSV|API|UTC|URL)[A-Z][a-z]\w*(?![_""']))",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Acronym();
}
