using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Lifecycle;

/// <summary>Everything that can be asked of an offer, under the name by which the table lists it.</summary>
internal static class Commands
{
    public static readonly Guid AttemptId = Guid.Parse("a0000000-0000-4000-8000-000000000001");

    public static readonly Guid OtherId = Guid.Parse("a0000000-0000-4000-8000-000000000002");

    public const string Caller = "caller-1";

    public static IReadOnlyList<(string Name, Func<Household, Moment, Transition> Run)> All { get; } =
    [
        ("start call-back", (household, moment) => household.StartCallBack(moment)),
        .. Enum.GetValues<CallOutcome>().Select(outcome => ($"attempt: {Word.Of(outcome)}", Attempt(outcome, CallDirection.Outgoing))),
        .. Enum.GetValues<CallOutcome>().Select(outcome => ($"they rang: {Word.Of(outcome)}", Attempt(outcome, CallDirection.Incoming))),
        .. Enum.GetValues<CallOutcome>().Select(outcome =>
            ($"visit: {Word.Of(outcome)}", Attempt(outcome, CallDirection.Outgoing, AttemptWay.Visit))),
        ("visit: callLater, with a number", (household, moment) => household.RecordAttempt(
            AttemptOf(CallOutcome.CallLater, CallDirection.Outgoing, AttemptWay.Visit, moment), moment, Given.OtherContact)),
        ("letter: messageLeft", Attempt(CallOutcome.MessageLeft, CallDirection.Outgoing, AttemptWay.Letter)),
        ("professional: messageLeft", Attempt(CallOutcome.MessageLeft, CallDirection.Outgoing, AttemptWay.Professional)),
        ("undo attempt", (household, moment) => household.UndoAttempt(household.LastAttempt?.AttemptId ?? AttemptId, Caller, moment)),
        ("plan visit", (household, moment) => household.PlanVisit(moment)),
        ("remind", (household, moment) => household.Remind(moment)),
        ("hold: suspectAtAddress", (household, moment) => household.PlaceHold(HoldReason.SuspectAtAddress, moment.Now.AddDays(7), moment)),
        ("hold: wrongNumber", (household, moment) => household.PlaceHold(HoldReason.WrongNumber, moment.Now.AddDays(7), moment)),
        ("hold: bereavement", (household, moment) => household.PlaceHold(HoldReason.Bereavement, moment.Now.AddDays(14), moment)),
        ("release hold", (household, moment) => household.ReleaseHold(moment)),
        ("release hold: by the supervisor", (household, moment) => household.ReleaseHold(moment, isSupervisor: true)),
        ("hold for the supervisor",
            (household, moment) => household.HoldForSupervisor(HoldReason.NeverToBeCalled, OtherId, "officer", moment)),
        ("end the hold for another's sake", (household, moment) => household.EndHoldFor(OtherId, moment)),
        ("take never back", (household, moment) => household.TakeNeverBack(NeverTakenBackReason.HouseholdAsked, moment)),
        ("review hold", (household, moment) => household.ReviewHold(moment)),
        ("open call hours: Wednesday evenings", (household, moment) =>
            household.OpenCallHours(new CallHours(new TimeOnly(11, 0), new TimeOnly(20, 0), [DayOfWeek.Wednesday]), moment)),
        ("reassign", (household, _) => household.Reassign(new Assignee("Care officers", "officer-7"), Given.Teams)),
        ("pass on: its team is no more",
            (household, _) => household.PassOn(new TeamDirectory([], new Team("others", "Newcomers", null, null)))),
        ("accept", (household, moment) => household.Accept(moment.Now, householdAsked: false, null, null, moment)),
        ("accept: household asked",
            (household, moment) => household.Accept(moment.Now, householdAsked: true, Given.OtherContact, null, moment)),
        ("change contact", (household, moment) => household.ChangeContact(Given.OtherContact, moment)),
        ("correct details", (household, moment) => household.Correct(household.Details with { CrimeReference = "CRI/0002/23" }, moment)),
        ("correct details: a danger", (household, moment) => household.Correct(household.Details with { Risks = [Risk.SelfHarm] }, moment)),
        ("correct record: not asked",
            (household, moment) => household.CorrectRecord(new RecordCorrection(OfferAnswer.NotAsked), Given.SchemeStart, moment)),
        ("correct record: offered a day earlier", (household, moment) => household.CorrectRecord(
            new RecordCorrection(OfferedAt: household.Details.OfferedAt.AddDays(-1)), Given.SchemeStart, moment)),
        ("correct record: another team", (household, moment) => household.CorrectRecord(
            new RecordCorrection(Team: new Team("CID North", "Care officers", "officer-7", null)), Given.SchemeStart, moment)),
        ("reopen", (household, moment) => household.Reopen(ReopeningReason.ClosedInError, moment)),
        ("record danger: selfHarm", (household, moment) => household.RecordDanger([Risk.SelfHarm], childMayBeDirectVictim: false, moment)),
        ("record danger: a child may be a direct victim",
            (household, moment) => household.RecordDanger([], childMayBeDirectVictim: true, moment)),
        ("remind of safe route", (household, moment) => household.RemindOfSafeRoute(moment)),
        ("escalate danger", (household, moment) => household.EscalateDanger(moment)),
        ("acknowledge danger", (household, moment) => household.AcknowledgeDanger(moment)),
        ("remind of measure", (household, moment) => household.RemindOfMeasure(moment)),
        ("danger: welfare check", (household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)),
        ("remind of welfare contact", (household, moment) => household.RemindOfWelfareContact(moment)),
        ("welfare contact: spokenTo", (household, moment) => household.RecordWelfareContact(
            new Guid("0b0a4f0e-2f4b-4f3e-9a53-2f1f6f0f8c77"), WelfareOutcome.SpokenTo, AttemptWay.Phone, safetyChecked: true, moment)),
        ("apply policy", (household, moment) => household.ApplyPolicy(new CallBackPolicy { IntervalDays = 60 }, moment)),
        .. Enum.GetValues<WithdrawalReason>().Select(reason => ($"withdraw: {Word.Of(reason)}", Withdraw(reason))),
        ("hold for disclosure: cpia",
            (household, moment) => household.PlaceDisclosureHold(DisclosureReason.Cpia, moment.Now.AddDays(400), moment)),
        ("review disclosure hold", (household, moment) => household.ReviewDisclosureHold(moment)),
        ("release disclosure hold", (household, _) => household.ReleaseDisclosureHold()),
        ("remember that erasure was asked for", (household, moment) => household.RememberErasureAsked(moment)),
        ("take over: one with a danger, held", (household, moment) => household.TakeOver(Other(moment, isHeld: true), moment)),
        ("take over: one that asked never to be contacted",
            (household, moment) => household.TakeOver(Other(moment, OfferAnswer.DoNotContact), moment)),
        ("merge into one that waits", (household, moment) => household.MergeInto(Other(moment), moment)),
        ("merge into one that asked never to be contacted",
            (household, moment) => household.MergeInto(Other(moment, OfferAnswer.DoNotContact), moment)),
        ("erase: on request", (household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment)),
        ("erase: its time is over", (household, moment) => household.Erase(ErasureReason.RetentionEnded, moment)),
        ("withdraw referral: needsMet", (household, moment) => household.WithdrawReferral(household.Id, WithdrawalReason.NeedsMet, moment)),
        ("amend referral", (household, moment) => household.Amend(household.Details with { CrimeReference = "CRI/0002/23" }, moment)),
        ("message sent", (household, moment) => household.MessageSent(
            household.Id, household.Outbox.FirstOrDefault(one => one.IsMessage)?.Id ?? "made", moment)),
        .. Enum.GetValues<ReferralAnswerKind>().Select(kind => ($"answer: {Word.Of(kind)}", Answer(kind))),
        ("send referral again", (household, moment) => household.SendReferralAgain(household.Id, moment)),
        ("hand referral over", (household, moment) => household.HandReferralOver(household.Id, moment)),
        ("chase answer", (household, moment) => household.ChaseAnswer(moment)),
    ];

    // Another record of the same household.
    private static Household Other(Moment moment, OfferAnswer answer = OfferAnswer.Declined, bool isHeld = false)
    {
        var details = Given.Details(answer) with { OfferedAt = moment.Now, Risks = isHeld ? [Risk.SelfHarm] : [] };
        var other = OfferTransitions.Record(OtherId, details, Given.Team, Given.Policy, Given.SchemeStart, moment).Household;
        return isHeld ? other.PlaceHold(HoldReason.BailChanged, moment.Now.AddDays(7), moment).Household : other;
    }

    private static Func<Household, Moment, Transition> Attempt(
        CallOutcome outcome, CallDirection direction, AttemptWay by = AttemptWay.Phone) =>
        (household, moment) => household.RecordAttempt(AttemptOf(outcome, direction, by, moment), moment);

    private static Attempt AttemptOf(CallOutcome outcome, CallDirection direction, AttemptWay by, Moment moment) => new(
        AttemptId, moment.Now, outcome, SafetyChecked: direction == CallDirection.Outgoing,
        outcome == CallOutcome.UnsafeToCall ? HoldReason.BailChanged : null,
        outcome == CallOutcome.CallLater ? moment.Calendar.AddWorkingDays(moment.Now, 3) : null,
        direction)
    {
        By = by,
    };

    private static Func<Household, Moment, Transition> Withdraw(
        WithdrawalReason reason) => (household, moment) => household.Withdraw(reason, moment);

    private static Func<Household, Moment, Transition> Answer(ReferralAnswerKind kind) => (household, moment) => household.ReceiveAnswer(
        household.Id,
        new ReferralAnswer(
            $"new-{kind}", kind, "V-1",
            kind == ReferralAnswerKind.Rejected ? RejectionReason.AtCapacity : null,
            kind == ReferralAnswerKind.Closed ? ClosureReason.Completed : null),
        moment);
}
