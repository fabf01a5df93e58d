namespace Vcas.Domain.Households;

/// <summary>
/// One way to reach a household, with what is needed to use it. Nobody uses one that was not confirmed in person: a number or an address
/// may be the suspect's. Personal data, as all of a contact.
/// </summary>
/// <param name="Kind">Which kind of way.</param>
public sealed record SafeRoute(RouteKind Kind)
{
    /// <summary>Of a phone: the number, E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Of a phone: false unless they agreed to voicemail.</summary>
    public bool VoicemailAllowed { get; init; }

    /// <summary>An e-mail address of their own.</summary>
    public string? Email { get; init; }

    /// <summary>A professional's name and role.</summary>
    public string? Professional { get; init; }

    /// <summary>How to reach that professional.</summary>
    public string? ReachedBy { get; init; }

    /// <summary>In person: where, if it isn't the address that the police attended.</summary>
    public string? Place { get; init; }

    /// <summary>Days and hours, Europe/London, in which it is safe; none means that no hours were named.</summary>
    public IReadOnlyList<SafeTime> SafeTimes { get; init; } = [];

    /// <summary>Whether somebody of the household said in person that it is safe.</summary>
    public bool ConfirmedInPerson { get; init; }

    /// <summary>It, without anything by which somebody could be reached or known: an empty text says that there is one.</summary>
    public SafeRoute Hidden() => this with
    {
        Phone = Hidden(Phone),
        Email = Hidden(Email),
        Professional = Hidden(Professional),
        ReachedBy = Hidden(ReachedBy),
        Place = Hidden(Place),
    };

    /// <summary>Compares the hours themselves, in their order.</summary>
    public bool Equals(SafeRoute? other) =>
        other is not null
        && (Kind, Phone, VoicemailAllowed, Email, Professional, ReachedBy, Place)
            .Equals((other.Kind, other.Phone, other.VoicemailAllowed, other.Email, other.Professional, other.ReachedBy, other.Place))
        && ConfirmedInPerson == other.ConfirmedInPerson
        && SafeTimes.SequenceEqual(other.SafeTimes);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, Phone, Email, Professional, SafeTimes.Count);

    /// <summary>Says nothing of the person, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(SafeRoute);

    private static string? Hidden(string? value) => value is null ? null : "";
}

// Words, as in OfferWords.cs: one may be added; its meaning may not be changed, because stored records hold it.

/// <summary>A way to reach a household.</summary>
public enum RouteKind
{
    /// <summary>A number of theirs.</summary>
    Phone,

    /// <summary>At their door.</summary>
    InPerson,

    /// <summary>An e-mail address of their own.</summary>
    Email,

    /// <summary>Through a named professional.</summary>
    Professional,
}
