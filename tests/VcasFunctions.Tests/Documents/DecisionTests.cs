using System.Globalization;
using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Documents;

/// <summary>Decisions are numbered without gaps, and each says when it was taken and whether it still holds.</summary>
public sealed partial class DecisionTests
{
    private static readonly string Folder = Path.Combine(Golden.Root, "docs/decisions");

    private static readonly IReadOnlyList<string> Files =
        [.. Directory.GetFiles(Folder, "0*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Decisions_are_numbered_from_one_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Files.Count), Files.Select(file => int.Parse(file[..4], CultureInfo.InvariantCulture)));

    [Fact]
    public void Each_decision_begins_with_its_number_its_date_and_its_status()
    {
        Assert.True(Files.Count >= 33, $"Only {Files.Count} decisions were found.");
        Assert.All(Files, file =>
        {
            var lines = File.ReadAllLines(Path.Combine(Folder, file));
            Assert.StartsWith($"# {int.Parse(file[..4], CultureInfo.InvariantCulture)}. ", lines[0], StringComparison.Ordinal);
            Assert.Equal("", lines[1]);
            Assert.True(Status().IsMatch(lines[2]), $"{file} must say in its third line: Date: 2026-11-28. Status: accepted.");
        });
    }

    [Fact]
    public void The_index_lists_the_decisions_in_order_with_their_titles()
    {
        var listed = File.ReadAllLines(Path.Combine(Folder, "README.md")).Select(line => Listed().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups["file"].Value}: # {match.Groups["number"].Value}. {match.Groups["title"].Value}");

        Assert.Equal(Files.Select(file => $"{file}: {File.ReadLines(Path.Combine(Folder, file)).First()}"), listed);
    }

    [GeneratedRegex(
        @"^Date: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \[\d+\]\([^)]+\.md\))\.( |$)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();

    [GeneratedRegex(
        @"^(?<number>\d+)\. \[(?<title>.+?)\]\((?<file>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listed();
}
