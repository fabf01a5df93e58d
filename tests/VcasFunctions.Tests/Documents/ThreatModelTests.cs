using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Documents;

/// <summary>The threat model names a file for every control and a test for every threat: all of them are there.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Golden.Root, "docs/threat-model.md"));

    private static readonly IReadOnlyList<string[]> Rows =
        [.. Lines.Where(line => Numbered().IsMatch(line)).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    private static readonly Lazy<string[]> Sources = new(() =>
        [.. Directory.EnumerateFiles(Path.Combine(Golden.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(File.ReadAllText)]);

    [Fact]
    public void Every_kind_of_threat_is_looked_at_and_every_number_used_once()
    {
        Assert.True(Rows.Count >= 30, $"Only {Rows.Count} threats were read.");
        Assert.All(Rows, row => Assert.True(row.Length == 5, string.Join(" | ", row)));
        Assert.Equal(["D", "E", "I", "R", "S", "T"], Rows.Select(row => row[1]).Distinct().Order());
        Assert.Equal(Rows.Count, Rows.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void Every_control_stands_in_a_file_that_is_there()
    {
        foreach (var row in Rows)
        {
            var files = Code().Matches(row[3])
                .Select(match => match.Groups["text"].Value).Where(text => text.Contains('/') && text.Contains('.')).ToList();
            Assert.True(files.Count > 0, $"{row[0]} names no file.");
            Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Golden.Root, file)), $"{row[0]}: there is no {file}."));
        }
    }

    [Fact]
    public void Every_threat_has_a_test_that_is_there()
    {
        foreach (var row in Rows)
        {
            var tests = Code().Matches(row[4]).Select(match => match.Groups["text"].Value.Split('.')).ToList();
            Assert.True(
                tests.Count > 0 || row[4].StartsWith("none: ", StringComparison.Ordinal), $"{row[0]} names no test, and doesn't say why.");
            foreach (var test in tests)
            {
                Assert.True(test.Length == 2, $"{row[0]}: {string.Join('.', test)} is no class and method.");
                // Whether a text has a word at all is found in a hundredth of the time that it takes to find it as a word.
                Assert.True(
                    Sources.Value.Any(source =>
                        source.Contains($"class {test[0]}", StringComparison.Ordinal)
                        && source.Contains($"{test[1]}(", StringComparison.Ordinal)
                        && Regex.IsMatch(source, $@"\bclass {Regex.Escape(test[0])}\b", default, TimeSpan.FromSeconds(1))
                        && Regex.IsMatch(source, $@"\b{Regex.Escape(test[1])}\(", default, TimeSpan.FromSeconds(1))),
                    $"{row[0]}: there is no test {string.Join('.', test)}.");
            }
        }
    }

    [GeneratedRegex(@"^\| [STRIDE][0-9]+ \|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
