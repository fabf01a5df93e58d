using System.Text.Json;

namespace EndToEnd.Tests.Kill;

/// <summary>An offer as the app answers it.</summary>
internal sealed class SeenOffer
{
    private readonly JsonElement offer;
    private readonly List<JsonElement> trail;

    public SeenOffer(Guid id, JsonElement offer)
    {
        (Id, this.offer) = (id, offer);
        trail = [.. offer.GetProperty("trail").EnumerateArray()];
    }

    public Guid Id { get; }

    public string State => offer.GetProperty("state").GetString()!;

    public bool IsOpen => State is "waiting" or "due" or "held";

    public DateTimeOffset OfferedAt => offer.GetProperty("offeredAt").GetDateTimeOffset();

    public DateTimeOffset? DueAt => offer.TryGetProperty("dueAt", out var due) ? due.GetDateTimeOffset() : null;

    public string? Phone =>
        offer.TryGetProperty("contact", out var contact) && contact.TryGetProperty("phone", out var phone) ? phone.GetString() : null;

    /// <summary>Whether nobody is ever to call: then nobody is shown the number, and neither where no call lies ahead.</summary>
    public bool IsNever => offer.TryGetProperty("closing", out var closing) && closing.GetProperty("reason").GetString() == "doNotContact"
        || offer.TryGetProperty("hold", out var hold) && hold.GetProperty("reason").GetString() == "neverToBeCalled";

    public string? ReferralState => offer.TryGetProperty("referral", out var referral) ? referral.GetProperty("state").GetString() : null;

    public IReadOnlyList<int> Numbers => [.. trail.Select(entry => entry.GetProperty("number").GetInt32())];

    public IReadOnlyList<DateTimeOffset> Instants => [.. trail.Select(entry => entry.GetProperty("at").GetDateTimeOffset())];

    public bool IsAccepted => Named("offerAccepted").Any();

    public string? AcceptedWhen => Named("offerAccepted").Select(entry => Inspection.Data(entry, "when")).FirstOrDefault();

    /// <summary>Those that came in time, and those that came when another had been quicker.</summary>
    public IReadOnlyList<Guid> Attempts =>
    [
        .. Named("attemptRecorded").Concat(Named("lateOutcomeRecorded"))
            .Select(entry => Guid.Parse(Inspection.Data(entry, "attemptId")!)),
    ];

    /// <summary>Whether somebody found, in time or late, that its number isn't theirs.</summary>
    public bool WasWrongNumber => Named("attemptRecorded").Concat(Named("lateOutcomeRecorded"))
        .Any(entry => Inspection.Data(entry, "outcome") == "wrongNumber");

    public IEnumerable<JsonElement> Named(string name) => trail.Where(entry => entry.GetProperty("event").GetString() == name);

    /// <summary>Whether it holds what its client sent.</summary>
    public bool IsAsSent(SentOffer sent) =>
        Text("answer") == sent.Answer && Text("team") == sent.Team && Text("crimeReference") == sent.CrimeReference
        && (sent.Answer == "doNotContact"
            ? Phone is null
            : Phone == (IsNever || !IsOpen ? null : sent.Phone)
                && offer.GetProperty("contact").GetProperty("name").GetString() == sent.Name);

    private string? Text(string name) => offer.GetProperty(name).GetString();
}
