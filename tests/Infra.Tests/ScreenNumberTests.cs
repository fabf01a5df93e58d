using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>
/// The screens' side of the one rule for phone numbers. The formula is a row of patterns; they are run here, in its order, on the
/// examples to which the service and the pages are held.
/// </summary>
public sealed partial class ScreenNumberTests
{
    private static readonly IReadOnlyList<Check> Checks = [.. Row().Matches(Formula("NumberFault")).Select(match => new Check(
        match.Groups["what"].Value,
        new Regex(
            match.Groups["part"].Success ? match.Groups["pattern"].Value : $@"\A({match.Groups["pattern"].Value})\z",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)),
        match.Groups["text"].Value))];

    private static readonly string Otherwise = Last().Match(Formula("NumberFault")).Groups["text"].Value;

    public static TheoryData<string> Good => [.. Examples().Where(example => example.E164 is not null).Select(example => example.Written)];

    // Which lengths other countries' numbers have, and what costs extra there, the service alone can say.
    public static TheoryData<string> Bad => [.. Examples()
        .Where(example => example is { Fault: not null, ServiceAlone: not true }
            && !(example.Fault is "tooShort" or "tooLong" or "beginning" && example.Written is ['+', not '4', ..]))
        .Select(example => example.Written)];

    [Theory]
    [MemberData(nameof(Good))]
    public void The_screen_takes_what_the_service_takes(string written) => Assert.Equal("", FaultOf(written));

    [Theory]
    [MemberData(nameof(Bad))]
    public void The_screen_refuses_what_the_service_refuses(string written) => Assert.NotEqual("", FaultOf(written));

    [Fact]
    public void The_formula_is_read_whole()
    {
        Assert.Equal(Formula("NumberFault").Split("IsMatch(").Length - 1, Checks.Count);
        Assert.NotEqual("", Otherwise);
    }

    [Fact]
    public void Every_number_that_is_asked_for_is_judged_by_the_rule()
    {
        var asked = Asked().Matches(ScreenFiles.Together).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var controls = ScreenFiles.Files.SelectMany(file => ScreenFiles.ControlsOf(ScreenFiles.Root(file)));
        Assert.Equal(
            controls.Where(name => name.EndsWith("Phone", StringComparison.Ordinal) || name == "PhoneText").Order(), asked.Order());
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public void Power_Fx_takes_the_patterns()
    {
        // In a class of characters it wants a backslash before each of these, where .NET wants none.
        var classes = Class().Matches(Formula("NumberFault")).Select(match => match.Groups["signs"].Value).ToList();
        Assert.True(classes.Count > 20);
        Assert.All(classes, signs => Assert.DoesNotMatch(@"(?<!\\)[(){}/|\[]|&&|--", signs.Replace(@"\p{", "", StringComparison.Ordinal)
            .Replace("Z}", "", StringComparison.Ordinal).Replace("Pd}", "", StringComparison.Ordinal)
            .Replace("Cf}", "", StringComparison.Ordinal).Replace("Mn}", "", StringComparison.Ordinal)));
    }

    private static string FaultOf(string written)
    {
        var bare = string.Concat(written.Where(sign => sign is '+' or (>= '0' and <= '9')));
        return Checks.FirstOrDefault(check => check.Pattern.IsMatch(check.What == "Bare" ? bare : written))?.Text ?? Otherwise;
    }

    private static string Formula(string name)
    {
        var all = Repository.TextOf("infra/powerapps/App.pa.yaml");
        var from = all.IndexOf($"{name}(Written: Text)", StringComparison.Ordinal);
        return all[from..all.IndexOf(");\n      ", from, StringComparison.Ordinal)];
    }

    private static List<Example> Examples() =>
        JsonSerializer.Deserialize<List<Example>>(Repository.TextOf("tests/Shared/phone-numbers.json"), JsonSerializerOptions.Web)!;

    [GeneratedRegex(
        """IsMatch\((?<what>Written|Bare), "(?<pattern>[^"]+)"((?<part>, MatchOptions\.Contains)|, MatchOptions\.Complete)\), """
            + @"""(?<text>[^""]*)"",",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Row();

    [GeneratedRegex("""^ +"(?<text>[^"]+)"$""", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Last();

    [GeneratedRegex(@"!IsBlank\(NumberFault\((?<name>\w+)\.Text\)\), NumberFault\(\k<name>\.Text\),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"(?<!\\)\[\^?(?<signs>(\\.|[^\]\\])*)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Class();

    private sealed record Check(string What, Regex Pattern, string Text);

    private sealed record Example(string Written, string? E164, string? Fault, bool? ServiceAlone);
}
