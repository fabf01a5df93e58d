using System.Globalization;
using System.Text.Json.Nodes;

namespace VcasLocal.Running.Seeding;

/// <summary>
/// An invented household, as its officer would record it, and what happened to it afterwards. Numbers are from the range
/// that Ofcom keeps for drama, each household's its own.
/// </summary>
/// <param name="Number">From 1; its id follows from it, so that it is recorded once however often it is brought.</param>
/// <param name="DaysAgo">When the offer was made.</param>
/// <param name="Answer">What was said at the door.</param>
/// <param name="Name">Whom to ask for.</param>
internal sealed record SeededHousehold(int Number, int DaysAgo, string Answer, string Name)
{
    /// <summary>
    /// The offer's id: they look alike and are recognised wherever they stand, and each has a short reference of its own.
    /// </summary>
    public string Id => $"5eed{Number:D2}00-0000-4000-8000-000000000000";

    /// <summary>What else is told of the contact.</summary>
    public JsonObject Contact { get; init; } = [];

    /// <summary>Who lives there: relationship and age band.</summary>
    public IReadOnlyList<(string Relationship, string AgeBand)> People { get; init; } = [("partner", "adult")];

    /// <summary>What a caller must know.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>The team that attended.</summary>
    public string Team { get; init; } = "online-child-abuse";

    /// <summary>What came of the call, once it is due; null if nobody has called yet.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why nobody may phone; null if somebody may.</summary>
    public string? Hold { get; init; }

    /// <summary>VCAS takes it on.</summary>
    public bool IsTakenOn { get; init; }

    /// <summary>Whether something is to happen once the call is due.</summary>
    public bool HasSequel => Outcome is not null || Hold is not null;

    /// <summary>The attempt's id: the same call is recorded once.</summary>
    public string AttemptId => Id.Replace("8000", "9000", StringComparison.Ordinal);

    /// <summary>The body of the officer's request.</summary>
    public JsonObject Offer(DateTimeOffset now)
    {
        var contact = new JsonObject { ["name"] = Name, ["phone"] = $"07700 900 2{Number:D2}" };
        var offeredAt = now.UtcDateTime.Date.AddDays(-DaysAgo).AddHours(6).AddMinutes(Number * 4);
        foreach (var (field, value) in Contact) contact[field] = value!.DeepClone();
        return new JsonObject
        {
            ["answer"] = Answer,
            // At six in the morning, as such offers are.
            ["offeredAt"] = offeredAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["offeredAtConfirmed"] = true,
            ["team"] = Team,
            ["crimeReference"] = $"SEED/{Number:D2}/26",
            ["household"] = new JsonObject
            {
                ["people"] = new JsonArray([.. People.Select(Person)]),
            },
            ["contact"] = contact,
            ["risks"] = new JsonArray([.. Risks.Select(risk => JsonValue.Create(risk))]),
        };
    }

    private static JsonObject Person((string Relationship, string AgeBand) person) =>
        new() { ["relationship"] = person.Relationship, ["ageBand"] = person.AgeBand };
}
