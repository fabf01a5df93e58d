using System.Globalization;
using System.Text.Json.Nodes;

namespace VcasReceiver.Page;

/// <summary>What a referral says, in the order in which a caller needs it: how to call safely comes first.</summary>
internal static class ReferralView
{
    /// <summary>The whole; nothing of a person once it is withdrawn.</summary>
    public static Html Of(StoredReferral referral)
    {
        if (referral.Standing == Standing.Withdrawn) return Html.None;
        if (referral.Data is null) return Html.Of($"<p>What it said has been erased.</p>");
        var data = JsonNode.Parse(referral.Data)!;
        var contact = data["contact"]!;
        var (number, others) = ContactRoutes.Of(contact);
        return Html.Of($"""
            <h2>Before you call</h2>
            <dl>
            {Line("Ask for", Text(contact["name"]) ?? "no name was given")}
            {Line("Who this is", Text(contact["relationship"]) is { } known ? AnswerWords.Said(known) : null)}
            {Line("Number", number is null ? "No number is safe: use another way" : PhoneText.Spoken((string)number["phone"]!))}
            {Line("Voicemail", number is null ? null : (bool?)number["voicemailAllowed"] == true ? "May be left" : "Never leave one")}
            {Line("Safe times", number is null ? null : ContactRoutes.SafeTimes(number))}
            {others.Select(route => Line("Other way", ContactRoutes.Said(route)))}
            {Line("Code word", Text(contact["codeWord"]))}
            {Line("Who else may answer", Text(contact["whoElseMayAnswer"]))}
            {Line("Interpreter", Text(contact["interpreterLanguage"]))}
            {Line("Accessibility", Text(contact["accessibilityNeeds"]))}
            {Line("Speaks for children", (bool?)contact["isGuardian"] == true ? "Yes, as a guardian" : null)}
            {Line("Risks", Words(data["risks"]) is { Length: > 0 } risks ? risks : "None was named")}
            </dl>
            <h2>Household</h2>
            {People(data)}
            <h2>Referral</h2>
            <dl>
            {Line("From", Team(referral))}
            {Line("Crime reference", Text(data["crimeReference"]))}
            {Line("Accepted", Accepted(data))}
            {Line("Lawful basis", AnswerWords.Said((string)data["lawfulBasis"]!))}
            {Line("Received", PageViews.Instant(referral.ReceivedAt))}
            {Line("Version", referral.Version > 1 ? referral.Version + ", " + PageViews.Instant(referral.ChangedAt) : "1")}
            {Line("Id", referral.Id)}
            </dl>
            """);
    }

    /// <summary>Which team refers.</summary>
    public static string Team(StoredReferral referral) =>
        referral.Data is null ? "" : Text(JsonNode.Parse(referral.Data)!["referredBy"]?["team"]) ?? "";

    /// <summary>How many people, without saying who.</summary>
    public static string Household(StoredReferral referral)
    {
        if (referral.Data is null) return "";
        var people = JsonNode.Parse(referral.Data)!["household"]?["people"]?.AsArray() ?? [];
        var children = people.Count(person => (string?)person!["ageBand"] is "under5" or "from5To11" or "from12To15" or "from16To17");
        return people.Count == 0 ? "Not known" : $"{Counted(people.Count, "person", "people")}, "
            + $"{(children == 0 ? "no children" : Counted(children, "child", "children") + " among them")}";
    }

    /// <summary>Words of the contract as people read them.</summary>
    public static string Words(JsonNode? list) => string.Join(", ", list?.AsArray().Select(word => AnswerWords.Said((string)word!)) ?? []);

    private static string Counted(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static string Accepted(JsonNode data) =>
        PageViews.Instant(DateTimeOffset.Parse((string)data["acceptedAt"]!, CultureInfo.InvariantCulture))
        + ", " + AnswerWords.Said((string)data["acceptedWhen"]!).ToLowerInvariant();

    private static Html People(JsonNode data)
    {
        var people = data["household"]?["people"]?.AsArray() ?? [];
        return people.Count == 0
            ? Html.Of($"<p>Nothing is known of who lives there.</p>")
            : Html.Of($"<ul>{people.Select(person => Person(person!))}</ul>");
    }

    private static Html Person(JsonNode person)
    {
        var (relationship, ageBand) = ((string)person["relationship"]!, (string)person["ageBand"]!);
        return Html.Of($"<li>{AnswerWords.Said(relationship)}, {AnswerWords.Said(ageBand).ToLowerInvariant()}</li>");
    }

    private static Html Line(string name, string? value) =>
        value is null ? Html.None : Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");

    private static string? Text(JsonNode? node) => (string?)node;
}
