using Vcas.Domain.Teams;

namespace Vcas.Domain.Households;

/// <summary>
/// Something that has happened to a household's offer: ids, instants and codes only, so that the trail can be kept when the
/// people in it are long erased. <see cref="Reporting.Recount"/> rebuilds every figure from these alone.
/// </summary>
public abstract record HouseholdEvent;

/// <summary>An officer recorded an offer.</summary>
/// <param name="Answer">What the household said.</param>
/// <param name="Team">The team that attended.</param>
/// <param name="OfferedAt">When it was offered, UTC.</param>
/// <param name="DueAt">When the first call falls due, UTC; null where none will be made.</param>
/// <param name="NeedsSafeRoute">Whether a call is planned, and no safe route is known.</param>
public sealed record OfferRecorded(
    OfferAnswer Answer, string Team, DateTimeOffset OfferedAt, DateTimeOffset? DueAt, bool NeedsSafeRoute = false) : HouseholdEvent;

/// <summary>The household was found to want support.</summary>
/// <param name="When">At which point of the household's course.</param>
/// <param name="AcceptedAt">UTC.</param>
/// <param name="NeedsSafeRoute">Whether VCAS can't be told, because nobody knows a safe way to reach it.</param>
public sealed record OfferAccepted(AcceptedWhen When, DateTimeOffset AcceptedAt, bool NeedsSafeRoute = false) : HouseholdEvent;

/// <summary>The police took the offer back.</summary>
public sealed record OfferWithdrawn(WithdrawalReason Reason) : HouseholdEvent;

/// <summary>It is another record of a household that is kept, and ended as that.</summary>
/// <param name="Of">The household that is kept.</param>
public sealed record MergedAsDuplicate(Guid Of) : HouseholdEvent;

/// <summary>What another record of this household knew was taken over, before that one ended.</summary>
/// <param name="Duplicate">The other record.</param>
public sealed record DuplicateTakenOver(Guid Duplicate) : HouseholdEvent;

/// <summary>The offer was closed without support being accepted.</summary>
/// <param name="Reason">Why.</param>
/// <param name="CausedBy">Where nobody is ever to call: the offer under which that was said.</param>
public sealed record OfferClosed(ClosingReason Reason, Guid? CausedBy = null) : HouseholdEvent;

/// <summary>That this household's number never be called is taken back.</summary>
public sealed record NeverTakenBack(NeverTakenBackReason Reason) : HouseholdEvent;

/// <summary>The details of the people were erased.</summary>
public sealed record HouseholdErased(ErasureReason Reason) : HouseholdEvent;

/// <summary>Nothing of the household may be erased until a person releases it.</summary>
public sealed record DisclosureHoldPlaced(DisclosureReason Reason, DateTimeOffset ReviewAt) : HouseholdEvent, IDisclosureEvent;

/// <summary>A disclosure hold's review came and nobody had decided; the supervisor was told. It goes on.</summary>
public sealed record DisclosureReviewDue(DisclosureReason Reason, DateTimeOffset OverdueSince, DateTimeOffset RemindAt)
    : HouseholdEvent, IDisclosureEvent;

/// <summary>A disclosure hold was released.</summary>
public sealed record DisclosureHoldReleased(DisclosureReason Reason) : HouseholdEvent, IDisclosureEvent;

/// <summary>Somebody asked for an erasure, and a disclosure hold forbade it.</summary>
public sealed record ErasurePutOff(DisclosureReason Reason) : HouseholdEvent, IDisclosureEvent;

/// <summary>Something that happened to a disclosure hold, and so is no work with the household.</summary>
public interface IDisclosureEvent;

/// <summary>It was recorded what somebody said yes or no to. Only the offer says what.</summary>
public sealed record ConsentRecorded : HouseholdEvent;

/// <summary>The contact was replaced. Only the offer says what it was and is.</summary>
/// <param name="NeedsSafeRoute">Whether a safe route has to be found now.</param>
public sealed record ContactChanged(bool NeedsSafeRoute = false) : HouseholdEvent;

/// <summary>Nobody had found a safe route; who recorded the household and its supervisor were told.</summary>
public sealed record SafeRouteReminded(int Step) : HouseholdEvent;

/// <summary>A safe route became known for a household that had none.</summary>
public sealed record SafeRouteFound(RouteKind Route) : HouseholdEvent;

/// <summary>What an officer recorded was corrected. Only the offer says what it was and is.</summary>
public sealed record DetailsCorrected(IReadOnlyList<DetailField> Fields) : HouseholdEvent
{
    /// <summary>Compares the fields themselves, in their order.</summary>
    public bool Equals(DetailsCorrected? other) => other is not null && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc />
    public override int GetHashCode() => Fields.Count;
}

/// <summary>What was recorded of the offer itself was corrected, and is this now.</summary>
public sealed record RecordCorrected(OfferAnswer Answer, DateTimeOffset OfferedAt, string Team, DateTimeOffset? DueAt) : HouseholdEvent;

/// <summary>A closing that was a mistake was undone: the household waits again.</summary>
/// <param name="Reason">Why.</param>
/// <param name="CallFrom">From when it is called, UTC.</param>
/// <param name="NeedsSafeRoute">Whether no safe route is known.</param>
public sealed record OfferReopened(ReopeningReason Reason, DateTimeOffset CallFrom, bool NeedsSafeRoute = false) : HouseholdEvent;

/// <summary>A danger was recorded, with the offer, with a correction or by itself. Only the offer says which.</summary>
public sealed record DangerRecorded(int Danger) : HouseholdEvent;

/// <summary>Nobody had acknowledged it; the next recipient was told.</summary>
public sealed record DangerEscalated(int Danger, int Escalation) : HouseholdEvent;

/// <summary>Somebody has acknowledged the danger.</summary>
public sealed record DangerAcknowledged(int Danger) : HouseholdEvent;

/// <summary>It was acknowledged, and nobody had said by its time what was done; the supervisor was reminded.</summary>
public sealed record MeasureReminded(int Danger, int Reminder) : HouseholdEvent;

/// <summary>Something was done about it, or nothing for a reason.</summary>
public sealed record DangerActionRecorded(int Danger, DangerAction Action, NoActionReason? Reason) : HouseholdEvent;

/// <summary>Some days after a danger somebody is to ask how they are, apart from the offer.</summary>
public sealed record WelfareContactPlanned(int Danger, DateTimeOffset From, DateTimeOffset By) : HouseholdEvent;

/// <summary>Its time had come, or was over, and nobody had made it; the supervisor was told.</summary>
public sealed record WelfareContactReminded(int Danger, int Reminder) : HouseholdEvent;

/// <summary>Somebody made it, or tried to.</summary>
public sealed record WelfareContactRecorded(int Danger, Guid AttemptId, WelfareOutcome Outcome, AttemptWay By) : HouseholdEvent;

/// <summary>The time of a call came.</summary>
/// <param name="DueAt">UTC.</param>
/// <param name="NeedsSafeRoute">Whether no safe route was known then.</param>
public sealed record CallBackDue(DateTimeOffset DueAt, bool NeedsSafeRoute = false) : HouseholdEvent;

/// <summary>Somebody recorded an attempt, or a contact that the household made by itself.</summary>
public sealed record AttemptRecorded(
    Guid AttemptId,
    CallOutcome Outcome,
    DateTimeOffset? NextCallAt,
    CallDirection Direction,
    bool OutsideSafeHours,
    AttemptWay By = AttemptWay.Phone) : HouseholdEvent;

/// <summary>Whoever recorded the last attempt undid it: it counts no more.</summary>
public sealed record AttemptUndone(Guid AttemptId, CallOutcome Outcome) : HouseholdEvent;

/// <summary>The household is to be visited, although a number was known.</summary>
public sealed record VisitPlannedFor(DateTimeOffset CallFrom) : HouseholdEvent;

/// <summary>Call-back hours of its own were opened for this household. Only the offer says which.</summary>
public sealed record CallHoursOpened(DateTimeOffset? CallFrom) : HouseholdEvent;

/// <summary>Support was really offered for the first time, and declined: it is offered once more, from then on.</summary>
public sealed record SecondOfferPlanned(DateTimeOffset CallFrom) : HouseholdEvent;

/// <summary>A household that nobody was to call any more got in touch and asked for a call.</summary>
/// <param name="CallFrom">From when it is called, UTC.</param>
/// <param name="NeedsSafeRoute">Whether no safe route is known.</param>
public sealed record CallBackReopened(DateTimeOffset CallFrom, bool NeedsSafeRoute = false) : HouseholdEvent;

/// <summary>Somebody recorded what came of a call when no call was due any more.</summary>
public sealed record LateOutcomeRecorded(Guid AttemptId, CallOutcome Outcome, HouseholdState Found) : HouseholdEvent;

/// <summary>Nobody had attempted the call; the caller was reminded, or the supervisor told that it is overdue.</summary>
public sealed record CallBackReminded(int Reminder, bool Overdue) : HouseholdEvent;

/// <summary>The call was held.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ReviewAt">When it is looked at again, UTC.</param>
/// <param name="CausedBy">The other offer for whose sake it is held.</param>
/// <param name="By">The role in which somebody said there what keeps this one from being called.</param>
public sealed record CallBackHeld(HoldReason Reason, DateTimeOffset ReviewAt, Guid? CausedBy = null, string? By = null) : HouseholdEvent;

/// <summary>A hold's review date came and nobody had decided; the supervisor was told. The hold goes on.</summary>
/// <param name="Reason">Why it is held.</param>
/// <param name="OverdueSince">Since when its review is overdue, UTC.</param>
/// <param name="RemindAt">When the supervisor is told again, UTC.</param>
/// <param name="CausedBy">The other offer for whose sake it is held.</param>
public sealed record HoldReviewDue(
    HoldReason Reason, DateTimeOffset OverdueSince, DateTimeOffset RemindAt, Guid? CausedBy = null) : HouseholdEvent;

/// <summary>Somebody released the hold, or gave the number that it waited for.</summary>
/// <param name="ForSupervisor">Whether only the supervisor knew of it.</param>
public sealed record HoldEnded(bool ForSupervisor = false) : HouseholdEvent;

/// <summary>Somebody else calls from now on.</summary>
public sealed record CallBackReassigned(string Team, string? Person) : HouseholdEvent;

/// <summary>
/// The policy in force was applied to a household that was already waiting, or its first call reckoned anew after the clock ran ahead: from
/// now on it has never been due.
/// </summary>
public sealed record PolicyApplied(DateTimeOffset? DueAt) : HouseholdEvent;

/// <summary>The queue took a version of the referral.</summary>
public sealed record ReferralSent(int Version) : HouseholdEvent;

/// <summary>The newest version is to be sent to VCAS once more, because its message was set aside.</summary>
public sealed record ReferralSentAgain(int Version) : HouseholdEvent;

/// <summary>The referral was given to VCAS by hand, in a sealed file.</summary>
public sealed record ReferralHandedOver(int Version) : HouseholdEvent;

/// <summary>The referral was changed after it was made; where VCAS had rejected it, it is asked again.</summary>
public sealed record ReferralAmended(int Version, bool AsksAgain) : HouseholdEvent;

/// <summary>The referral was taken back.</summary>
public sealed record ReferralWithdrawn(WithdrawalReason Reason) : HouseholdEvent;

/// <summary>The queue took the word that the referral is taken back.</summary>
public sealed record WithdrawalSent : HouseholdEvent;

/// <summary>VCAS answered.</summary>
public sealed record ReferralAnswered(ReferralAnswer Answer) : HouseholdEvent;

/// <summary>No answer came in time; the supervisor was told.</summary>
public sealed record AnswerChased(DateTimeOffset NextAt) : HouseholdEvent;
