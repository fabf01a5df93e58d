using System.Text.RegularExpressions;
using Shared;
using Vcas.Domain;
using Vcas.Domain.Households;
using static Infra.Tests.ScreenFiles;

namespace Infra.Tests;

/// <summary>
/// The officers' screens for Power Apps. What is proved here: the files are what the published schema allows, their words are the
/// service's words, what they send is what the connector takes, and every name that a formula uses exists. What a formula does
/// when it runs, only Power Apps can show.
/// </summary>
public sealed partial class ScreenTests
{
    public static TheoryData<string> AllFiles => [.. Files];

    [Theory]
    [MemberData(nameof(AllFiles))]
    [Needs(Tool.Node)]
    public async Task Each_file_is_valid_by_the_published_schema(string file) =>
        Assert.Empty(await Command.JudgeAsync("schema", PublishedSchema.Of("pa.schema.yaml"), Repository.PathOf(file)));

    [Fact]
    public void The_words_are_the_services_own()
    {
        MustBeWordsOf<OfferAnswer>("OfferAnswers");
        MustBeWordsOf<Relationship>("Relationships");
        MustBeWordsOf<AgeBand>("AgeBands");
        MustBeWordsOf<Risk>("Risks");
        MustBeWordsOf<DayOfWeek>("Days");
        MustBeWordsOf<ConsentTo>("ConsentTos");
        MustBeWordsOf<ConsentBy>("ConsentBys");
        MustBeWordsOf<ConsentHow>("ConsentHows");
        // Who rings leaves no message.
        MustBeWordsOf<CallOutcome>("CallOutcomes", outcome => outcome != CallOutcome.MessageLeft);
        // No number is found to be wrong at a door.
        MustBeWordsOf<CallOutcome>("VisitOutcomes", outcome => outcome is not (CallOutcome.MessageLeft or CallOutcome.WrongNumber));
        MustBeWordsOf<Became>("WhatBecame");
        // What follows from another offer nobody chooses.
        MustBeWordsOf<HoldReason>("HoldReasons", reason => !reason.IsForSupervisor());
        // A word that is compared with somewhere must be one that can be chosen.
        var words = Word().Matches(Together).Select(match => match.Groups["word"].Value).ToHashSet();
        Assert.All(Answer().Matches(Together).Select(match => match.Groups["word"].Value), word => Assert.Contains(word, words));
    }

    [Fact]
    public void No_time_is_read_by_the_zone_of_the_phone_and_no_formula_says_that_an_old_date_is_right()
    {
        var all = Comment().Replace(Together, "");
        // An instant with its offset, as the phone wrote it down; or what a person typed, as London's.
        Assert.All(
            Used(@"DateTimeValue\((?<name>[^()]*(\([^()]*\))?[^()]*)\)"),
            read => Assert.Matches("^(ThisItem|Offer)\\.OfferedAt$|If\\(.*, \"\\+01:00\", \"Z\"\\)$", read));
        Assert.All(
            Used(@"\bOfferedAt: (?<name>.*?UTC\)|[^,}]+)"),
            written => Assert.Contains("DateTimeFormat.UTC", written, StringComparison.Ordinal));
        Assert.Contains("LondonInstant(RangDay.Text, RangTime.Text)", all, StringComparison.Ordinal);
        Assert.DoesNotContain("TimeValue(Rang", all, StringComparison.Ordinal);
        // By what was said of the offer in the queue, or by a tick of the person who corrects it.
        Assert.Equal(
            ["If(!IsBlank(CorrectDay.Text), CorrectLate.Value)", "Offer.IsDateConfirmed"],
            Used(@"offeredAtConfirmed: (?<name>[^\n]+),").Order());
        Assert.Equal(["false", "true"], Used(@"\bIsDateConfirmed: (?<name>\w+)").Order());
        var confirms = Assert.Single(Formulas, formula => formula.Text.Contains("IsDateConfirmed: true", StringComparison.Ordinal));
        Assert.EndsWith("DateIsRight.Properties.OnSelect", confirms.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_chosen_beforehand_at_a_question_of_safety()
    {
        var defaults = Formulas.Where(formula => Choice().IsMatch(formula.Place)).ToList();
        Assert.Equal(7, defaults.Count);
        // Either nothing, or what the officer chose before on this very form, which begins empty.
        Assert.All(defaults, formula =>
            Assert.True(formula.Text is "=Blank()" || formula.Text.Contains("Route.SafeWhen", StringComparison.Ordinal), formula.Text));
        Assert.Contains("SafeWhen: \"\"", Together, StringComparison.Ordinal);
        Assert.Contains("ConfirmedInPerson: false, VoicemailAllowed: false", Together, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_name_that_a_formula_uses_exists()
    {
        var controls = Files.SelectMany(file => ControlsOf(Root(file))).ToList();
        Assert.Equal(controls.Count, controls.Distinct().Count());
        Assert.All(Used(@"Navigate\((?<name>\w+)"), name => Assert.EndsWith("Screen", name, StringComparison.Ordinal));
        Assert.All(Used(@"(Navigate|Select)\((?<name>\w+)"), name => Assert.Contains(name, controls));
        // Besides controls: the tables of words, a row at hand, and one of Power Apps' own lists.
        var tables = Used(@"(?<name>\w+) = Table\(");
        Assert.All(
            Used(@"\b(?<name>[A-Z]\w+)\.(Text|Value|Selected|AllItems)\b"),
            name => Assert.Contains(name, controls.Concat(tables).Concat(["Person", "ThisItem", "TextFormat"])));
        // What is kept on the phone is read again under the same name.
        Assert.Equal(
            Used(@"SaveData\((?<name>\w+, ""[^""]+"" & Me)\)").Distinct().Order(),
            Used(@"LoadData\((?<name>\w+, ""[^""]+"" & Me), true\)").Distinct().Order());
    }

    [Fact]
    public void Every_bracket_and_every_text_is_closed() => Assert.All(Formulas, formula =>
    {
        var bare = Text().Replace(Comment().Replace(formula.Text, ""), "");
        Assert.DoesNotContain("\"", bare, StringComparison.Ordinal);
        var open = new Stack<char>();
        foreach (var letter in bare)
        {
            if (letter is '(' or '{' or '[') open.Push(letter);
            if (letter is ')' or '}' or ']')
                Assert.True(
                    open.TryPop(out var opened) && $"{opened}{letter}" is "()" or "{}" or "[]",
                    $"{formula.Place}: {letter} closes nothing.");
        }

        Assert.True(open.Count == 0, $"{formula.Place}: {new string([.. open])} stays open.");
    });

    [Fact]
    public void Nothing_is_asked_of_a_text_or_a_table_that_Power_Fx_refuses()
    {
        // Texts have no order: times are compared as numbers.
        Assert.Empty(Used(@"(?<name>\w+\.Text (>=|<=|>|<) )"));
        // Whether a pattern must fit the whole text is said each time: implementations differ in what they take for granted.
        Assert.Empty(Used(@"(?<name>IsMatch\([\w.]+, ""[^""]+""\))"));
        // A table's column is no longer taken with a dot; what is chosen from has one column, whose name is Value.
        Assert.Empty(Used(@"(?<name>\bin (Split\([^()]*\)|\w+(\.\w+)*)\.Value)"));
        var tables = string.Join('|', Used(@"(?<name>\w+) = Table\("));
        Assert.DoesNotContain(Formulas, formula => Regex.IsMatch(formula.Text, $@"^=({tables})\.", Limited, Patience));
        Assert.Equal(15, Formulas.Count(formula => Regex.IsMatch(formula.Text, @"^=ForAll\([^{]*, Text\)$", Limited, Patience)));
    }

    private const RegexOptions Limited = RegexOptions.ExplicitCapture;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static void MustBeWordsOf<T>(string table, Func<T, bool>? isChosen = null)
        where T : struct, Enum
    {
        var text = Regex.Match(Together, $@"{table} = Table\((?<rows>.*?)\);", RegexOptions.Singleline
            | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["rows"].Value;
        var words = Enum.GetValues<T>().Where(isChosen ?? (_ => true)).Select(Vcas.Domain.Word.Of);
        Assert.Equal(words.Order(), Word().Matches(text).Select(match => match.Groups["word"].Value).Order());
    }

    private static List<string> Used(string pattern) =>
        [.. Regex.Matches(Comment().Replace(Together, ""), pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("Word: \"(?<word>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("(Answer (=|<>)|Word =) \"(?<word>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer();

    [GeneratedRegex(
        @"\.(\w*When|SafeWhenChoice|\w+Outcome|\w+Reason)\.Properties\.Default$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Choice();

    [GeneratedRegex("\"[^\"\n]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Text();

    [GeneratedRegex("//[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
