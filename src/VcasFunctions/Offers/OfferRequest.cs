using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace VcasFunctions.Offers;

/// <summary>
/// What an officer's form sends. Only the answer is compulsory: a yes without a safe way to reach the household is kept, and waits.
/// </summary>
public sealed record OfferRequest
{
    /// <summary>What the household said.</summary>
    public OfferAnswer? Answer { get; init; }

    /// <summary>When it was offered; now if it is left out.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>True confirms the date of an offer that was made long ago.</summary>
    public bool? OfferedAtConfirmed { get; init; }

    /// <summary>The team that attended.</summary>
    public string? Team { get; init; }

    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The officer in the case: their name and how to reach them at work, at most 100 characters.</summary>
    public string? OfficerInCase { get; init; }

    /// <summary>The ground for a disclosure.</summary>
    public LawfulBasis? LawfulBasis { get; init; }

    /// <summary>The people who live there.</summary>
    public HouseholdRequest? Household { get; init; }

    /// <summary>Who is to be reached, and how. With doNotContact: its numbers are those that are never to be called.</summary>
    public ContactRequest? Contact { get; init; }

    /// <summary>What a caller must know.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>True if a child here may be a direct victim.</summary>
    public bool? ChildMayBeDirectVictim { get; init; }

    /// <summary>What they said yes or no to, where they were asked.</summary>
    public ConsentRequest? Consent { get; init; }
}

/// <summary>The people who live there, without the suspect.</summary>
public sealed record HouseholdRequest
{
    /// <summary>The people, by relationship to the suspect and age band.</summary>
    public IReadOnlyList<PersonRequest?>? People { get; init; }
}

/// <summary>One person in the household.</summary>
public sealed record PersonRequest
{
    /// <summary>The person's relationship to the suspect.</summary>
    public Relationship? Relationship { get; init; }

    /// <summary>The person's age band.</summary>
    public AgeBand? AgeBand { get; init; }
}

/// <summary>
/// Who is to be reached, and how: one number that was confirmed in person (phone, voicemailAllowed, safeTimes), or every way in routes.
/// </summary>
public sealed record ContactRequest
{
    /// <summary>The person to ask for.</summary>
    public string? Name { get; init; }

    /// <summary>As dialled in the United Kingdom, or with a country code. Left out where a contact is replaced: its number stays.</summary>
    public string? Phone { get; init; }

    /// <summary>
    /// Every way to reach them, in the place of phone, voicemailAllowed and safeTimes. It takes the place of all that is known; an empty
    /// list says that none is.
    /// </summary>
    public IReadOnlyList<RouteRequest?>? Routes { get; init; }

    /// <summary>Whether a voicemail may be left; false unless they agreed.</summary>
    public bool? VoicemailAllowed { get; init; }

    /// <summary>When a call is safe.</summary>
    public IReadOnlyList<SafeTimeRequest?>? SafeTimes { get; init; }

    /// <summary>Tells the household who calls.</summary>
    public string? CodeWord { get; init; }

    /// <summary>Who else may answer the phone.</summary>
    public string? WhoElseMayAnswer { get; init; }

    /// <summary>A language tag such as <c>pl</c>.</summary>
    public string? InterpreterLanguage { get; init; }

    /// <summary>What makes a call possible.</summary>
    public string? AccessibilityNeeds { get; init; }

    /// <summary>The contact's age band.</summary>
    public AgeBand? AgeBand { get; init; }

    /// <summary>A guardian, not the suspect, who speaks for children.</summary>
    public bool? IsGuardian { get; init; }

    /// <summary>The contact's relationship to the suspect; VCAS is told.</summary>
    public Relationship? Relationship { get; init; }
}

/// <summary>One way to reach them. The first phone that was confirmed in person is the number to be called.</summary>
public sealed record RouteRequest
{
    /// <summary>Which kind of way.</summary>
    public RouteKind? Kind { get; init; }

    /// <summary>Of a phone: as dialled in the United Kingdom, or with a country code. Left out: the known one stays.</summary>
    public string? Phone { get; init; }

    /// <summary>Of a phone: whether a voicemail may be left; false unless they agreed.</summary>
    public bool? VoicemailAllowed { get; init; }

    /// <summary>An e-mail address of their own. Left out: the known one stays.</summary>
    public string? Email { get; init; }

    /// <summary>A professional's name and role. Left out: the known one stays.</summary>
    public string? Professional { get; init; }

    /// <summary>How to reach the professional.</summary>
    public string? ReachedBy { get; init; }

    /// <summary>In person: where, if not at the address that the police attended.</summary>
    public string? Place { get; init; }

    /// <summary>When it is safe.</summary>
    public IReadOnlyList<SafeTimeRequest?>? SafeTimes { get; init; }

    /// <summary>Whether they said in person that it is safe; nobody uses one of which they did not.</summary>
    public bool? ConfirmedInPerson { get; init; }
}

/// <summary>Hours on some days, Europe/London.</summary>
public sealed record SafeTimeRequest
{
    /// <summary>The days; none means every day.</summary>
    public IReadOnlyList<DayOfWeek>? Days { get; init; }

    /// <summary>When the hours begin.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>When the hours end; later than they begin.</summary>
    public TimeOnly? To { get; init; }
}
