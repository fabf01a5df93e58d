using System.Text.RegularExpressions;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace Infra.Tests;

/// <summary>
/// What the officers' screens take for recorded, what they keep when the phone can't, and that nothing of one household stands in the form
/// of the next. The formulas can't be run outside Power Apps; what they ask for is held here.
/// </summary>
public sealed partial class ScreenStateTests
{
    private static readonly IReadOnlyList<string> Screens =
        [.. ScreenFiles.Files.Select(file => Path.GetFileName(file).Split('.')[0]).Where(name => name != "App")];

    [Fact]
    public void An_offer_has_arrived_by_the_services_own_answer_about_it_alone()
    {
        var home = Of("HomeScreen");
        var arrived = Regex.Match(
            home, """If\(\s*(?<asked>[^\n]+),\s*\{\s*Status: "arrived".*?\},\s*\{Status: ["]waiting["]""", Options, Patience);
        Assert.True(arrived.Success);
        string[] proofs = ["IsSameId(Text(Answered.offerId), Offer.Id)", "!IsBlank(Answered.reference)", "!IsBlank(Answered.state)"];
        Assert.All(proofs, proof => Assert.Contains(proof, arrived.Groups["asked"].Value, StringComparison.Ordinal));
        Assert.Single(Regex.Matches(home, """Status: ["]arrived["]""", Options, Patience));
    }

    [Fact]
    public void An_offer_is_refused_by_a_problem_of_the_services_own_alone()
    {
        var asked = Regex.Match(
            Of("HomeScreen"), """If\(\s*(?<asked>[^\n]+),\s*\{Status: ["]refused["]""", Options, Patience).Groups["asked"].Value;
        Assert.EndsWith("&& IsProblem(Said)", asked, StringComparison.Ordinal);
        foreach (var later in new[] { 401, 403, 408, 425, 429 })
            Assert.Contains($"{later}", asked, StringComparison.Ordinal);
        Assert.Contains("urn:vcas:problem:", Of("App"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_household_said_that_rang_is_recorded_by_the_answer_that_holds_it()
    {
        var asked = Regex.Match(
            Of("TheyRangScreen"), """If\(\s*(?<asked>[^\n]+),\s*Notify\("Recorded for""", Options, Patience).Groups["asked"].Value;
        Assert.Contains("IsSameId(Text(Answered.offerId), Rang.Id)", asked, StringComparison.Ordinal);
        Assert.Contains("CountIf(Answered.attempts, IsSameId(Text(attemptId), Rang.AttemptId)) > 0", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_phone_can_not_store_what_was_saved_the_officer_is_told()
    {
        foreach (var screen in Screens)
            Assert.Equal(
                Regex.Count(Of(screen), @"SaveData\(Queue,", Options, Patience),
                Regex.Count(Of(screen), @"IfError\(SaveData\(Queue, ""vcas-queue-"" & Me\), Set\(NotKept, true\)\)", Options, Patience));
        Assert.Contains("NotKept && CountIf(Queue, Status <> \"arrived\") > 0", Of("HomeScreen"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OfferScreen")]
    [InlineData("SafeContactScreen")]
    [InlineData("TheyRangScreen")]
    [InlineData("CameForwardScreen")]
    [InlineData("VisitScreen")]
    [InlineData("NumberScreen")]
    [InlineData("CorrectScreen")]
    [InlineData("DangerScreen")]
    [InlineData("ConsentScreen")]
    public void What_was_given_for_one_household_does_not_stand_in_the_form_of_the_next(string screen)
    {
        var text = Of(screen);
        var inputs = Input().Matches(text).Select(match => (
            Name: match.Groups["name"].Value,
            IsInList: match.Groups["indent"].Length > 6,
            Body: text[match.Index..])).ToList();
        Assert.NotEmpty(inputs);
        foreach (var (name, isInList, rest) in inputs)
        {
            // A control within a list can't be reset from outside it.
            if (isInList) Assert.Matches(@"\A[^#]*?Reset: =Fresh", rest);
            else Assert.Contains($"Reset({name})", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("SafeContactScreen", "SureBox")]
    [InlineData("TheyRangScreen", "RangSure")]
    [InlineData("VisitScreen", "VisitSure")]
    public void Never_is_asked_for_once_more_wherever_it_can_be_said(string screen, string box)
    {
        var text = Of(screen);
        Assert.Matches($@"{box}\.Visible && !{box}\.Value, ""Tick|""doNotContact"" \|\| {box}\.Value\), DisplayMode\.Edit", text);
        var control = text[text.IndexOf($"- {box}:", StringComparison.Ordinal)..];
        Assert.Matches(@"\A[^#]*?Control: Classic/CheckBox@[0-9.]+\s+Properties:\s+Text:[^:]*?They said so themselves: nobody", control);
    }

    [Fact]
    public void What_is_kept_on_a_phone_belongs_to_who_recorded_it()
    {
        var (app, home) = (Of("App"), Of("HomeScreen"));
        // Power Apps may give what is stored to whoever signs in next on the same phone.
        Assert.Contains("Set(Me, Text(User().EntraObjectId))", app, StringComparison.Ordinal);
        Assert.Contains("RemoveIf(Queue, By <> Me)", app, StringComparison.Ordinal);
        Assert.Contains("RemoveIf(Draft, By <> Me)", app, StringComparison.Ordinal);
        Assert.Contains("{\n                          Id: Text(GUID()), By: Me,", home, StringComparison.Ordinal);
        Assert.Contains("ClearCollect(ToSend, Filter(Queue, Status = \"waiting\" && By = Me))", home, StringComparison.Ordinal);
        // Of whom Power Apps doesn't say who they are, nothing is stored at all.
        Assert.Contains("If(!IsBlank(Me), LoadData(", app, StringComparison.Ordinal);
        Assert.Contains("DisplayMode: =If(IsBlank(Me), DisplayMode.Disabled", home, StringComparison.Ordinal);
    }

    [Fact]
    public void No_person_stays_in_a_variable_or_a_control_when_the_screen_is_left()
    {
        // Each of these is given on one screen alone, and is blank again when that is hidden.
        (string, string)[] variables =
            [("OfferScreen", "Current"), ("SafeContactScreen", "Route"), ("ConsentScreen", "Said"), ("CorrectScreen", "Kept")];
        foreach (var (screen, variable) in variables)
        {
            Assert.Contains($"Set({variable}, Blank())", OnHidden(screen), StringComparison.Ordinal);
            Assert.Equal([screen], Screens.Where(other => Of(other).Contains($"Set({variable}, ", StringComparison.Ordinal)));
        }

        Assert.Contains("Set(KeptPeople, \"\")", OnHidden("CorrectScreen"), StringComparison.Ordinal);
        Assert.Contains("Clear(ToSend)", Of("HomeScreen"), StringComparison.Ordinal);
        foreach (var screen in Screens)
            foreach (var input in Input().Matches(Of(screen)).Where(match => match.Groups["indent"].Length <= 6))
                Assert.Contains($"Reset({input.Groups["name"].Value})", OnHidden(screen), StringComparison.Ordinal);
    }

    [Fact]
    public void The_control_rooms_number_stands_before_whatever_records_a_danger()
    {
        var defaults = new SafetyOptions();
        Assert.Contains($"ControlRoom = \"{defaults.ControlRoom}\";", Of("App"), StringComparison.Ordinal);
        Assert.Contains($"DirectVictimWords = \"{defaults.DirectVictimWords}\";", Of("App"), StringComparison.Ordinal);
        Assert.Equal(
            Enum.GetValues<Risk>().Where(risk => risk.IsDanger()).Select(Vcas.Domain.Word.Of).Order(),
            Regex.Matches(Of("App"), @"""(?<word>\w+)"" in Words", Options, Patience).Select(match => match.Groups["word"].Value).Order());
        var danger = Of("DangerScreen");
        Assert.Matches(@"- DangerNumber:\s+Control: Label@[\d.]+\s+Properties:\s+Text: =DangerWords & [^\n]+\n\s+Live:", danger);
        Assert.True(
            danger.IndexOf("- DangerNumber:", StringComparison.Ordinal) < danger.IndexOf("- SaveDanger:", StringComparison.Ordinal));
        foreach (var screen in new[] { "OfferScreen", "CorrectScreen", "HomeScreen" })
            Assert.Matches(@"IsDanger\([^\n]+\n\s+(Char\(10\) & ""Nobody has been told yet\. "" & )?DangerWords", Of(screen));
    }

    private static string OnHidden(string screen) => ScreenFiles.Formulas.SingleOrDefault(
        formula => formula.Place.EndsWith($"{screen}.Properties.OnHidden", StringComparison.Ordinal)).Text ?? "";

    private const RegexOptions Options = RegexOptions.Singleline | RegexOptions.ExplicitCapture;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static string Of(string screen) => Repository.TextOf($"infra/powerapps/{screen}.pa.yaml");

    [GeneratedRegex(
        @"^(?<indent> +)- (?<name>\w+):\n +Control: Classic/(TextInput|CheckBox|Radio|DropDown)@",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex Input();
}
