using System.Text.Json;
using System.Text.RegularExpressions;
using Vcas.Domain.Households;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Whatever can stand in the audit has words, so that whoever examines it need not know the code.</summary>
public sealed partial class AuditWordTests
{
    private static string App => Path("src/VcasFunctions");

    [Fact]
    public void Everything_that_is_read_or_refused_has_words_and_so_has_its_reason_where_the_code_gives_one()
    {
        var written = Directory.EnumerateFiles(App, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Recorded().Matches(File.ReadAllText(file)))
            .SelectMany(call => Literal().Matches(call.Groups["args"].Value).Select(literal => literal.Groups["word"].Value))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(written.Count > 20, $"Only {written.Count} words were found.");
        var known = new[] { "what", "why", "to" }
            .SelectMany(list => Texts["audit"]![list]!.AsObject().Select(text => text.Key)).ToHashSet();
        Assert.Equal([], written.Where(word => !known.Contains(word)));
    }

    [Fact]
    public void Every_event_of_a_household_has_words()
    {
        var events = typeof(HouseholdEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(HouseholdEvent)) && !type.IsAbstract)
            .Select(type => JsonNamingPolicy.CamelCase.ConvertName(type.Name)).Order(StringComparer.Ordinal).ToList();
        Assert.True(events.Count > 30, $"Only {events.Count} events were found.");
        Assert.Equal([], events.Where(name => Texts["trail"]![name] is null));
    }

    [GeneratedRegex(@"Record(List|Offer|Refusal|RefusedRead)Async\((?<args>[^;]*);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recorded();

    // A whole argument: what somebody looked for by a name of its own is none of these words.
    [GeneratedRegex(@"(?<=[(,?:]\s*)(?<!NotFound\()""(?<word>[a-z][A-Za-z]+)""(?=\s*[,):])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
