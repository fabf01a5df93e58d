using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>Who is to be reached and how, as it is answered: the number to be called by itself, and every way in routes.</summary>
/// <param name="Name">The name to ask for.</param>
/// <param name="Phone">E.164; present where the household is opened or its call claimed, and a call may be made: for callers while it is
/// due, for its supervisor as long as one lies ahead, and while somebody is calling for them alone. Absent everywhere else, whatever was
/// said of the number.</param>
/// <param name="VoicemailAllowed">False unless it was agreed.</param>
/// <param name="SafeTimes">Days and hours, Europe/London, in which a call is safe; none means that no hours were named.</param>
/// <param name="CodeWord">A word that tells the household who is calling.</param>
/// <param name="WhoElseMayAnswer">Who else may pick up, and what may be said to them.</param>
/// <param name="InterpreterLanguage">A language tag (BCP 47) when an interpreter is needed.</param>
/// <param name="AccessibilityNeeds">What makes a call possible.</param>
/// <param name="AgeBand">The contact's age band, where known.</param>
/// <param name="IsGuardian">The contact is a guardian, not the suspect, and speaks for children.</param>
/// <param name="Relationship">How the contact stands to the suspect, where known.</param>
/// <param name="Routes">Every way to reach them, the number to be called first. What is needed to use one is present where phone
/// is.</param>
public sealed record ContactView(
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
    Relationship? Relationship,
    IReadOnlyList<RouteView> Routes)
{
    /// <summary>Whether there is a number to be called, shown or not.</summary>
    internal bool HasNumber => Routes.Any(route => route is { Kind: RouteKind.Phone, ConfirmedInPerson: true });

    /// <summary>The view of a contact.</summary>
    internal static ContactView? Of(SafeContact? contact) => contact is null ? null : new ContactView(
        contact.Name,
        RouteView.Shown(contact.Phone),
        contact.VoicemailAllowed,
        contact.SafeTimes,
        contact.CodeWord,
        contact.WhoElseMayAnswer,
        contact.InterpreterLanguage,
        contact.AccessibilityNeeds,
        contact.AgeBand,
        contact.IsGuardian,
        contact.Relationship,
        [.. contact.Routes.Select(RouteView.Of)]);
}

/// <summary>One way to reach them, as it is answered.</summary>
/// <param name="Kind">Which kind of way.</param>
/// <param name="ConfirmedInPerson">Whether they said in person that it is safe; nobody uses one of which they did not.</param>
/// <param name="SafeTimes">Days and hours, Europe/London, in which it is safe; none means that no hours were named.</param>
/// <param name="VoicemailAllowed">Of a phone: false unless it was agreed.</param>
/// <param name="Phone">Of a phone: E.164.</param>
/// <param name="Email">An e-mail address of their own.</param>
/// <param name="Professional">A professional's name and role.</param>
/// <param name="ReachedBy">How to reach the professional.</param>
/// <param name="Place">In person: where, if not at the address that the police attended.</param>
public sealed record RouteView(
    RouteKind Kind,
    bool ConfirmedInPerson,
    IReadOnlyList<SafeTime> SafeTimes,
    bool? VoicemailAllowed,
    string? Phone,
    string? Email,
    string? Professional,
    string? ReachedBy,
    string? Place)
{
    /// <summary>The view of a route.</summary>
    internal static RouteView Of(SafeRoute route) => new(
        route.Kind,
        route.ConfirmedInPerson,
        route.SafeTimes,
        route.Kind == RouteKind.Phone ? route.VoicemailAllowed : null,
        Shown(route.Phone),
        Shown(route.Email),
        Shown(route.Professional),
        Shown(route.ReachedBy),
        Shown(route.Place));

    /// <summary>What is hidden is left out.</summary>
    internal static string? Shown(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
