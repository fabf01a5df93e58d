using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>The safe route as it is answered.</summary>
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
    Relationship? Relationship)
{
    /// <summary>The view of a contact.</summary>
    internal static ContactView? Of(SafeContact? contact) => contact is null ? null : new ContactView(
        contact.Name,
        contact.Phone.Length == 0 ? null : contact.Phone,
        contact.VoicemailAllowed,
        contact.SafeTimes,
        contact.CodeWord,
        contact.WhoElseMayAnswer,
        contact.InterpreterLanguage,
        contact.AccessibilityNeeds,
        contact.AgeBand,
        contact.IsGuardian,
        contact.Relationship);
}
