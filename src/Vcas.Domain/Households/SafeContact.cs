using System.Text.Json.Serialization;

namespace Vcas.Domain.Households;

/// <summary>
/// The person to reach in a household, and the ways to reach them. The number to be called is the one that was confirmed in person as safe;
/// every other way, another number too, stands beside it. Personal data: it is in the offer and in the referral, and nowhere else.
/// </summary>
/// <param name="Name">The name to ask for.</param>
/// <param name="Phone">The number to be called: E.164, as <c>+447700900123</c>; null where none is safe.</param>
/// <param name="VoicemailAllowed">Of that number: false unless it was agreed.</param>
/// <param name="SafeTimes">Days and hours, Europe/London, in which a call to it is safe; none means that no hours were named.</param>
/// <param name="CodeWord">A word that tells the household who is calling.</param>
/// <param name="WhoElseMayAnswer">Who else may pick up, and what may be said to them.</param>
/// <param name="InterpreterLanguage">A language tag (BCP 47) when an interpreter is needed.</param>
/// <param name="AccessibilityNeeds">What makes a call possible.</param>
/// <param name="AgeBand">The contact's age band, where known.</param>
/// <param name="IsGuardian">The contact is a guardian, not the suspect, and speaks for children.</param>
/// <param name="Relationship">The contact's relationship to the suspect, if known.</param>
public sealed record SafeContact(
    string? Name,
    string? Phone,
    bool VoicemailAllowed,
    IReadOnlyList<SafeTime> SafeTimes,
    string? CodeWord,
    string? WhoElseMayAnswer,
    string? InterpreterLanguage,
    string? AccessibilityNeeds,
    AgeBand? AgeBand,
    bool IsGuardian,
    Relationship? Relationship = null)
{
    /// <summary>The ways beside the number to be called, in the order in which they are tried.</summary>
    public IReadOnlyList<SafeRoute> OtherRoutes { get; init; } = [];

    /// <summary>All ways, the number to be called first.</summary>
    [JsonIgnore]
    public IReadOnlyList<SafeRoute> Routes => Phone is null
        ? OtherRoutes
        :
        [
            new SafeRoute(RouteKind.Phone)
            {
                Phone = Phone,
                VoicemailAllowed = VoicemailAllowed,
                SafeTimes = SafeTimes,
                ConfirmedInPerson = true,
            },
            .. OtherRoutes,
        ];

    /// <summary>Whether there is a way that was confirmed in person.</summary>
    [JsonIgnore]
    public bool IsReachable => Phone is not null || OtherRoutes.Any(route => route.ConfirmedInPerson);

    /// <summary>It, without anything by which somebody could be reached or known; that there is such a way stays.</summary>
    public SafeContact WithoutAddresses() => this with
    {
        Phone = Phone is null ? null : "",
        OtherRoutes = [.. OtherRoutes.Select(route => route.Hidden())],
    };

    /// <summary>It, without the number to be called, which is wrong.</summary>
    public SafeContact WithoutNumber() => this with { Phone = null, VoicemailAllowed = false, SafeTimes = [] };

    /// <summary>Compares what the lists hold: the same contact sent twice is the same contact.</summary>
    public bool Equals(SafeContact? other) =>
        other is not null
        && (Name, Phone, VoicemailAllowed, CodeWord, WhoElseMayAnswer, InterpreterLanguage, AccessibilityNeeds, AgeBand, IsGuardian,
            Relationship)
            .Equals((other.Name, other.Phone, other.VoicemailAllowed, other.CodeWord, other.WhoElseMayAnswer,
                other.InterpreterLanguage, other.AccessibilityNeeds, other.AgeBand, other.IsGuardian, other.Relationship))
        && SafeTimes.SequenceEqual(other.SafeTimes)
        && OtherRoutes.SequenceEqual(other.OtherRoutes);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Phone, Name, SafeTimes.Count, OtherRoutes.Count);

    /// <summary>Says nothing of the person, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(SafeContact);
}

/// <summary>Hours, Europe/London, on some days of the week in which a call is safe.</summary>
/// <param name="Days">The days.</param>
/// <param name="From">From.</param>
/// <param name="To">To.</param>
public sealed record SafeTime(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    /// <summary>Compares the days themselves, in their order.</summary>
    public bool Equals(SafeTime? other) => other is not null && From == other.From && To == other.To && Days.SequenceEqual(other.Days);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(From, To, Days.Count);
}
