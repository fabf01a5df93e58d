using System.Text.Json.Nodes;

namespace VcasLocal.Running.Seeding;

/// <summary>The ten, so chosen that every page has something on it.</summary>
internal static class SeededHouseholds
{
    private static readonly string[] WorkingDays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    public static readonly IReadOnlyList<SeededHousehold> All =
    [
        new(1, 3, "declined", "Priya Invented")
        {
            People = [("partner", "adult"), ("child", "from5To11")],
            Contact = new JsonObject { ["safeTimes"] = SafeTimes("10:00", "14:30") },
        },
        new(2, 24, "declined", "Dana Invented")
        {
            People = [("partner", "adult"), ("child", "from12To15")],
            Risks = ["selfHarm", "suspectMayReturn"],
            Contact = new JsonObject { ["whoElseMayAnswer"] = "Her sister. Say that it is about the appointment." },
        },
        new(3, 26, "declined", "Morgan Invented")
        {
            People = [("parent", "over65")],
            Contact = new JsonObject
            {
                ["codeWord"] = "bluebell",
                ["safeTimes"] = SafeTimes("09:00", "17:00"),
                ["accessibilityNeeds"] = "Hard of hearing: speak slowly.",
            },
        },
        new(4, 28, "declined", "Robin Invented")
        {
            Team = "cid-north",
            Contact = new JsonObject { ["interpreterLanguage"] = "pl" },
            Outcome = "noAnswer",
        },
        new(5, 33, "declined", "Kim Invented")
        {
            People = [("partner", "adult"), ("child", "under5"), ("child", "from5To11")],
            Risks = ["courtDatePending"],
            Hold = "suspectAtAddress",
        },
        new(6, 2, "accepted", "Alex Invented")
        {
            People = [("partner", "adult"), ("child", "from5To11"), ("child", "from12To15")],
            Risks = ["childrensServicesInvolved"],
            Contact = new JsonObject { ["voicemailAllowed"] = true, ["safeTimes"] = SafeTimes("09:30", "15:00") },
        },
        new(7, 41, "declined", "Charlie Invented")
        {
            Team = "cid-north",
            People = [("sibling", "adult")],
            Outcome = "accepted",
            IsTakenOn = true,
        },
        new(8, 47, "declined", "Frankie Invented") { Outcome = "declined" },
        new(9, 12, "doNotContact", "Jude Invented") { Team = "cid-north" },
        new(10, 23, "notAsked", "Sasha Invented")
        {
            People = [("partner", "adult"), ("otherAdult", "over65")],
            Contact = new JsonObject { ["safeTimes"] = SafeTimes("09:00", "12:00") },
        },
    ];

    private static JsonArray SafeTimes(string from, string to) =>
        [new JsonObject { ["days"] = new JsonArray([.. WorkingDays.Select(day => JsonValue.Create(day))]), ["from"] = from, ["to"] = to }];
}
