using Vcas.Domain.Audit;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Lifecycle;

/// <summary>Everything that can be asked of an offer, under the name by which the table lists it.</summary>
internal static class Commands
{
    public static readonly Guid AttemptId = Guid.Parse("a0000000-0000-4000-8000-000000000001");

    public static readonly Guid OtherId = Guid.Parse("a0000000-0000-4000-8000-000000000002");

    public static IReadOnlyList<(string Name, Func<Offer, Moment, Transition> Run)> All { get; } =
    [
        ("start call-back", (offer, moment) => offer.StartCallBack(moment)),
        .. Enum.GetValues<CallOutcome>().Select(outcome => ($"attempt: {Word.Of(outcome)}", Attempt(outcome, CallDirection.Outgoing))),
        .. Enum.GetValues<CallOutcome>().Select(outcome => ($"they rang: {Word.Of(outcome)}", Attempt(outcome, CallDirection.Incoming))),
        ("remind", (offer, moment) => offer.Remind(moment)),
        ("hold: suspectAtAddress", (offer, moment) => offer.PlaceHold(HoldReason.SuspectAtAddress, moment.Now.AddDays(7), moment)),
        ("hold: wrongNumber", (offer, moment) => offer.PlaceHold(HoldReason.WrongNumber, moment.Now.AddDays(7), moment)),
        ("hold: bereavement", (offer, moment) => offer.PlaceHold(HoldReason.Bereavement, moment.Now.AddDays(14), moment)),
        ("release hold", (offer, moment) => offer.ReleaseHold(moment)),
        ("release hold: by the supervisor", (offer, moment) => offer.ReleaseHold(moment, isSupervisor: true)),
        ("hold for the supervisor", (offer, moment) => offer.HoldForSupervisor(HoldReason.NeverToBeCalled, OtherId, "officer", moment)),
        ("end the hold for another's sake", (offer, moment) => offer.EndHoldFor(OtherId, moment)),
        ("take never back", (offer, moment) => offer.TakeNeverBack(NeverTakenBackReason.HouseholdAsked, moment)),
        ("review hold", (offer, moment) => offer.ReviewHold(moment)),
        ("open call hours: Wednesday evenings", (offer, moment) =>
            offer.OpenCallHours(new CallHours(new TimeOnly(11, 0), new TimeOnly(20, 0), [DayOfWeek.Wednesday]), moment)),
        ("reassign", (offer, _) => offer.Reassign(new Assignee("Care officers", "officer-7"), Given.Teams)),
        ("pass on: its team is no more", (offer, _) => offer.PassOn(new TeamDirectory([], new Team("others", "Newcomers", null, null)))),
        ("accept", (offer, moment) => offer.Accept(moment.Now, householdAsked: false, null, null, moment)),
        ("accept: household asked", (offer, moment) => offer.Accept(moment.Now, householdAsked: true, Given.OtherContact, null, moment)),
        ("change contact", (offer, moment) => offer.ChangeContact(Given.OtherContact, moment)),
        ("correct details", (offer, moment) => offer.Correct(offer.Details with { CrimeReference = "CRI/0002/23" }, moment)),
        ("correct details: a danger", (offer, moment) => offer.Correct(offer.Details with { Risks = [Risk.SelfHarm] }, moment)),
        ("reopen", (offer, moment) => offer.Reopen(ReopeningReason.ClosedInError, moment)),
        ("escalate danger", (offer, moment) => offer.EscalateDanger(moment)),
        ("acknowledge danger", (offer, moment) => offer.AcknowledgeDanger(moment)),
        ("danger: welfare check", (offer, moment) => offer.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)),
        ("apply policy", (offer, moment) => offer.ApplyPolicy(new CallBackPolicy { IntervalDays = 60 }, moment)),
        .. Enum.GetValues<WithdrawalReason>().Select(reason => ($"withdraw: {Word.Of(reason)}", Withdraw(reason))),
        ("erase: on request", (offer, moment) => offer.Erase(ErasureReason.DataSubjectRequest, moment)),
        ("erase: its time is over", (offer, moment) => offer.Erase(ErasureReason.RetentionEnded, moment)),
        ("withdraw referral: needsMet", (offer, moment) => offer.WithdrawReferral(WithdrawalReason.NeedsMet, moment)),
        ("amend referral", (offer, moment) => offer.Amend(offer.Details with { CrimeReference = "CRI/0002/23" }, moment)),
        ("message sent", (offer, moment) => offer.MessageSent(offer.Outbox.FirstOrDefault(one => one.IsMessage)?.Id ?? "made", moment)),
        .. Enum.GetValues<ReferralAnswerKind>().Select(kind => ($"answer: {Word.Of(kind)}", Answer(kind))),
        ("chase answer", (offer, moment) => offer.ChaseAnswer(moment)),
    ];

    private static Func<Offer, Moment, Transition> Attempt(CallOutcome outcome, CallDirection direction) =>
        (offer, moment) => offer.RecordAttempt(
            new Attempt(
                AttemptId, moment.Now, outcome, SafetyChecked: direction == CallDirection.Outgoing,
                outcome == CallOutcome.UnsafeToCall ? HoldReason.BailChanged : null,
                outcome == CallOutcome.CallLater ? moment.Calendar.AddWorkingDays(moment.Now, 3) : null,
                direction),
            moment);

    private static Func<Offer, Moment, Transition> Withdraw(WithdrawalReason reason) => (offer, moment) => offer.Withdraw(reason, moment);

    private static Func<Offer, Moment, Transition> Answer(ReferralAnswerKind kind) => (offer, moment) => offer.ReceiveAnswer(
        new ReferralAnswer(
            $"new-{kind}", kind, "V-1",
            kind == ReferralAnswerKind.Rejected ? RejectionReason.AtCapacity : null,
            kind == ReferralAnswerKind.Closed ? ClosureReason.Completed : null),
        moment);
}
