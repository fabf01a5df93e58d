using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Documents;

/// <summary>
/// Every page leads only to what is there, and every picture is shown by a page, says in words what it shows, and loads over a bad signal.
/// </summary>
public sealed partial class LinkTests
{
    private const int LargestPicture = 300_000;

    // Pages by their path from the root, each without what it quotes as code.
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Pages = new(() => Files("*.md").ToDictionary(
        path => path, path => Fence().Replace(File.ReadAllText(Path.Combine(Golden.Root, path)), ""), StringComparer.Ordinal));

    [Fact]
    public void Every_link_leads_to_a_file_that_is_there_and_to_a_heading_in_it()
    {
        var (followed, broken) = (0, new List<string>());
        foreach (var (page, link) in Links().Where(one => !IsElsewhere(one.Link.Target)))
        {
            followed++;
            var parts = link.Target.Split('#', 2);
            var path = parts[0].Length == 0 ? page : FromRoot(page, parts[0]);
            var whole = Path.Combine(Golden.Root, path);
            if (!File.Exists(whole) && !Directory.Exists(whole)) broken.Add($"{page}: there is no {link.Target}");
            else if (parts.Length == 2 && !HeadingsOf(path).Contains(parts[1])) broken.Add($"{page}: {path} has no heading #{parts[1]}");
        }

        Assert.True(followed > 150, $"Only {followed} links were followed.");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Every_picture_is_shown_by_a_page_in_words_too_and_is_small()
    {
        var pictures = Files("*.png").Where(path => path.StartsWith("docs/", StringComparison.Ordinal)).ToList();
        Assert.True(pictures.Count >= 9, $"Only {pictures.Count} pictures were found.");
        var shown = Links().Where(one => one.Link.IsPicture).ToList();

        Assert.All(shown, one => Assert.True(one.Link.Text.Length > 20, $"{one.Page} doesn't say what {one.Link.Target} shows."));
        Assert.All(pictures, path => Assert.True(shown.Any(one => FromRoot(one.Page, one.Link.Target) == path), $"No page shows {path}."));
        Assert.All(
            pictures, path => Assert.True(new FileInfo(Path.Combine(Golden.Root, path)).Length < LargestPicture, $"{path} is too large."));
    }

    [Fact]
    public void Every_guide_and_every_decision_can_be_found_from_its_index()
    {
        Assert.Empty(Under("docs/guides/").Except(TargetsOf("README.md")));
        Assert.Empty(Under("docs/guides/").Except(TargetsOf("docs/README.md")));
        Assert.Empty(Under("docs/decisions/").Except(TargetsOf("docs/decisions/README.md")));
        Assert.Empty(Under("docs/operations/alerts/").Except(TargetsOf("docs/operations/alerts/README.md")));
    }

    private static IEnumerable<string> Under(string folder) => Pages.Value.Keys.Where(
        page => page.StartsWith(folder, StringComparison.Ordinal) && !page.EndsWith("README.md", StringComparison.Ordinal));

    private static IEnumerable<string> TargetsOf(string page) =>
        LinksOf(page).Where(link => !IsElsewhere(link.Target)).Select(link => FromRoot(page, link.Target.Split('#')[0]));

    private static IEnumerable<(string Page, PageLink Link)> Links() =>
        Pages.Value.Keys.SelectMany(page => LinksOf(page).Select(link => (page, link)));

    private static IEnumerable<PageLink> LinksOf(string page) => Link().Matches(Pages.Value[page])
        .Select(match => new PageLink(match.Groups["mark"].Length > 0, match.Groups["text"].Value, match.Groups["target"].Value));

    private static bool IsElsewhere(string target) =>
        target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal);

    private static string FromRoot(string page, string target) =>
        Path.GetRelativePath(Golden.Root, Path.GetFullPath(Path.Combine(Golden.Root, Path.GetDirectoryName(page)!, target))).Replace(
            '\\', '/');

    // As the places that show Markdown make an anchor of a heading: small letters, blanks as hyphens, no other signs.
    private static HashSet<string> HeadingsOf(string path) => path.EndsWith(".md", StringComparison.Ordinal)
        ? [.. Heading().Matches(Pages.Value[path])
            .Select(match => NoSign().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))]
        : [];

    // What is built or restored is nobody's page.
    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Golden.Root, pattern, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Golden.Root, file).Replace('\\', '/'))
        .Where(path =>
            !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "data" || (part.StartsWith('.') && part.Length > 1)))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<mark>!?)\[(?<text>[^\]]+)\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoSign();

    private sealed record PageLink(bool IsPicture, string Text, string Target);
}
