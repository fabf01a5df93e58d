using Vcas.Domain.Teams;

namespace Vcas.Domain.Households;

/// <summary>
/// What an officer records of one offer. Only the answer is compulsory at the doorstep: who says yes may have no safe way to be reached
/// yet. Never the offence, never the suspect.
/// </summary>
public sealed record OfferDetails
{
    /// <summary>What the household said.</summary>
    public required OfferAnswer Answer { get; init; }

    /// <summary>When it was offered, UTC.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>The team that attended; the default team if the officer named none.</summary>
    public required string Team { get; init; }

    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>
    /// The officer in the case: their name and how to reach them at work. Who phones asks them first; VCAS is not told of it.
    /// </summary>
    public string? OfficerInCase { get; init; }

    /// <summary>The ground for a disclosure, where the officer recorded one.</summary>
    public LawfulBasis? LawfulBasis { get; init; }

    /// <summary>The people, as far as known.</summary>
    public HouseholdMembers Members { get; init; } = HouseholdMembers.Unknown;

    /// <summary>Who is to be reached, and how; null if nobody may be contacted, or if nothing of it is known yet.</summary>
    public SafeContact? Contact { get; init; }

    /// <summary>What a caller must know.</summary>
    public IReadOnlyList<Risk> Risks { get; init; } = [];

    /// <summary>
    /// Whether a child here may be a direct victim: then this scheme replaces none of what applies to a victim. VCAS is not told of it.
    /// </summary>
    public bool ChildMayBeDirectVictim { get; init; }

    /// <summary>What somebody of the household said yes or no to, each time that it was recorded, oldest first. VCAS is not told.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    /// <summary>What was said last; null where nothing is recorded.</summary>
    public Consent? LatestConsent => Consents.Count > 0 ? Consents[^1] : null;

    /// <summary>
    /// The number to be called (E.164), which was confirmed in person: the one place that says which it is; null where none is known.
    /// </summary>
    public string? NumberToCall => Contact?.Phone;

    /// <summary>Whether there is a number to be called.</summary>
    public bool HasNumber => NumberToCall is not null;

    /// <summary>Whether there is any way to reach them that was confirmed in person.</summary>
    public bool HasSafeRoute => Contact?.IsReachable ?? false;

    /// <summary>Of which kind the first of those ways is; null where there is none.</summary>
    public RouteKind? FirstSafeRoute => Contact?.Routes.FirstOrDefault(route => route.ConfirmedInPerson)?.Kind;

    /// <summary>
    /// Every number of theirs (E.164), the one to be called first, also one that nobody may call: they are found by each of them.
    /// </summary>
    public IReadOnlyList<string> Numbers => Contact switch
    {
        null => [],
        // Nearly every household has one number, or none, and is asked for it often.
        { OtherRoutes.Count: 0, Phone: var phone } => phone is null ? [] : [phone],
        _ => [.. Contact.Routes.Select(route => route.Phone).OfType<string>().Distinct()],
    };

    /// <summary>Compares what the lists hold: the same details sent twice are the same details.</summary>
    public bool Equals(OfferDetails? other) =>
        other is not null
        && (Answer, OfferedAt, Team, CrimeReference, LawfulBasis, Members, Contact)
            .Equals((other.Answer, other.OfferedAt, other.Team, other.CrimeReference, other.LawfulBasis, other.Members, other.Contact))
        && OfficerInCase == other.OfficerInCase
        && ChildMayBeDirectVictim == other.ChildMayBeDirectVictim
        && Risks.SequenceEqual(other.Risks)
        && Consents.SequenceEqual(other.Consents);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Answer, OfferedAt, Team, Members, Contact, ChildMayBeDirectVictim, Risks.Count);

    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(OfferDetails);
}
