using System.Globalization;
using System.Text.Json.Nodes;

namespace VcasReceiver.Page;

/// <summary>What a referral says, in the order in which a caller needs it: how to call safely comes first.</summary>
internal static class ReferralView
{
    /// <summary>The whole; nothing of a person once it is withdrawn.</summary>
    public static Html Of(StoredReferral referral, DateTimeOffset now)
    {
        if (referral.Standing == Standing.Withdrawn) return Html.None;
        if (referral.Data is null) return Html.Of($"<p>What it said has been erased.</p>");
        var data = JsonNode.Parse(referral.Data)!;
        var contact = data["contact"]!;
        var (number, others) = ContactRoutes.Of(contact);
        var safe = number is null ? null : SafeNow.Of(number, now);
        return Html.Of($"""
            <h2>Before you call</h2>
            {Safety(safe, now)}
            <dl>
            {Line("Risks", Words(data["risks"]) is { Length: > 0 } risks ? risks : "None was named")}
            {Line("Code word", Text(contact["codeWord"]))}
            {Line("Ask for", Text(contact["name"]) ?? "no name was given")}
            {Line("Who this is", Text(contact["relationship"]) is { } known ? AnswerWords.Said(known) : null)}
            {Number(number, safe)}
            {Line("Voicemail", number is null ? null : (bool?)number["voicemailAllowed"] == true ? "May be left" : "Never leave one")}
            {Line("Safe times", number is null ? null : ContactRoutes.SafeTimes(number))}
            {others.Select(route => Other(route, now))}
            {Line("Who else may answer", Text(contact["whoElseMayAnswer"]))}
            {Line("Interpreter", Text(contact["interpreterLanguage"]))}
            {Line("Needs", Text(contact["accessibilityNeeds"]))}
            {Line("Speaks for children", (bool?)contact["isGuardian"] == true ? "Yes, as a guardian" : null)}
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

    /// <summary>What is risky about calling; nothing of what was withdrawn or erased.</summary>
    public static string Risks(StoredReferral referral) => Known(referral) is { } data
        ? Words(data["risks"]) is { Length: > 0 } risks ? risks : "None was named"
        : "";

    /// <summary>Whether its number is safe to call now; nothing of what was withdrawn or erased.</summary>
    public static string SafeToCall(StoredReferral referral, DateTimeOffset now) => Known(referral) is not { } data ? ""
        : ContactRoutes.Of(data["contact"]!).Number is { } number ? SafeNow.Of(number, now).Said : "No number is safe: use another way";

    /// <summary>Words of the contract as people read them.</summary>
    public static string Words(JsonNode? list) => string.Join(", ", list?.AsArray().Select(word => AnswerWords.Said((string)word!)) ?? []);

    private static JsonNode? Known(StoredReferral referral) =>
        referral.Data is null || referral.Standing == Standing.Withdrawn ? null : JsonNode.Parse(referral.Data);

    private static Html Safety(SafeNow? safe, DateTimeOffset now)
    {
        if (safe is null) return Html.None;
        var name = safe.IsOpen switch { true => "open", false => "shut", null => "ask" };
        return Html.Of($"""
            <p class="safe {name}"><strong>{safe.Said}.</strong>
            <span>As of {PageViews.Instant(now)}. Load the page again before you phone.</span></p>
            """);
    }

    // A number that is in sight at the wrong time is dialled at the wrong time. It is there for whoever has to write it down.
    private static Html Number(JsonNode? number, SafeNow? safe)
    {
        if (number is null) return Line("Number", "No number is safe: use another way");
        var spoken = PhoneText.Spoken((string)number["phone"]!);
        return safe!.IsOpen != false
            ? Html.Of($"<div><dt>Number</dt><dd class=\"number\">{spoken}</dd></div>\n")
            : Html.Of($"""
                <div class="shut"><dt>Number</dt><dd><details><summary>Show it, but do not call now</summary>
                <span class="number">{spoken}</span></details></dd></div>

                """);
    }

    private static Html Other(JsonNode route, DateTimeOffset now)
    {
        // A meeting is agreed beforehand: whether this minute is safe for it says nothing.
        var isPhone = (string?)route["kind"] == "phone";
        var safe = SafeNow.Of(route, now);
        if (!isPhone) return Line("Other way", ContactRoutes.Said(route));
        return safe.IsOpen == false
            ? Html.Of($"""
                <div class="shut"><dt>Other way</dt><dd>{safe.Said}.
                <details><summary>Show it, but do not call now</summary>{ContactRoutes.Said(route)}</details></dd></div>

                """)
            : Line("Other way", $"{ContactRoutes.Said(route)}. {safe.Said}");
    }

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
