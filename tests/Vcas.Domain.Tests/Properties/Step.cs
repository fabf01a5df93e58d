using CsCheck;
using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Properties;

/// <summary>One thing that somebody or something does to a household, after some time, with whatever it draws by lot.</summary>
/// <param name="Kind">Which command.</param>
/// <param name="Minutes">How long after the step before; with <paramref name="AtWakeUp"/>, how long after the planned instant.</param>
/// <param name="AtWakeUp">Whether it waits for what is planned next, as the orchestration does.</param>
/// <param name="Choice">By which the command chooses among its outcomes and reasons.</param>
internal sealed record Step(StepKind Kind, int Minutes, bool AtWakeUp, int Choice)
{
    private static readonly SafeContact[] Contacts =
        [
            Given.Contact, Given.OtherContact, Given.Contact with { Phone = "+447700900789" }, Given.Contact with
            {
                AgeBand = AgeBand.From12To15,
            },
            Given.Contact.WithoutNumber(),
            Given.Contact.WithoutNumber() with
            {
                OtherRoutes = [new SafeRoute(RouteKind.Email) { Email = "sam@example.org", ConfirmedInPerson = true }],
            },
        ];

    // The last never meets the safe hours of the contacts above.
    private static readonly CallHours[] Hours =
    [
        new(new TimeOnly(11, 0), new TimeOnly(20, 30), [DayOfWeek.Wednesday]),
        new(new TimeOnly(8, 0), new TimeOnly(10, 30), [DayOfWeek.Saturday, DayOfWeek.Wednesday]),
        new(new TimeOnly(18, 0), new TimeOnly(21, 0), [DayOfWeek.Monday]),
    ];

    private static readonly Guid[] Others = [.. Enumerable.Range(1, 3)
        .Select(number => new Guid(number, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1))];

    private const string Caller = "caller-1";

    public static readonly Gen<Step> Any = Gen.Select(
        Gen.Frequency(
            (4, Gen.Const(StepKind.StartCallBack)), (6, Gen.Const(StepKind.RecordAttempt)),
            (2, Gen.Const(StepKind.UndoAttempt)), (3, Gen.Const(StepKind.MessageSent)),
            (3, Gen.Const(StepKind.ReceiveAnswer)), (10, Gen.Int[0, Enum.GetValues<StepKind>().Length - 1].Select(kind => (StepKind)kind))),
        Gen.Frequency((3, Gen.Int[0, 90]), (1, Gen.Int[0, 40 * 1440])),
        Gen.Bool, Gen.Int[0, 10_000],
        (kind, minutes, atWakeUp, choice) => new Step(kind, minutes, atWakeUp, choice));

    public DateTimeOffset InstantAfter(DateTimeOffset now, Household household)
    {
        // Seconds are given for it, and not minutes.
        if (Kind == StepKind.UndoAttempt) return now.AddSeconds(Minutes % 25);
        var planned = AtWakeUp && Plan.For(household).WakeAt is { } wakeAt && wakeAt > now ? wakeAt : now;
        return planned.AddMinutes(Minutes);
    }

    /// <summary>The command as it would be sent: the same for the same step, however often.</summary>
    public Func<Household, Transition> CommandAt(Moment moment, Household seen)
    {
        var review = moment.Now.AddHours(1 + (Choice % 2000));
        var contact = Pick(Contacts);
        switch (Kind)
        {
            case StepKind.StartCallBack: return household => household.StartCallBack(moment);
            case StepKind.RecordAttempt:
                return household => household.RecordAttempt(
                    Attempt(moment), moment, Choice % 11 == 0 ? contact : null, Said(moment), UndoBy(moment));
            case StepKind.UndoAttempt:
                var attemptId = seen.LastAttempt?.AttemptId ?? Guid.Empty;
                return household => household.UndoAttempt(attemptId, Choice % 7 == 0 ? "caller-2" : Caller, moment);
            case StepKind.Remind: return household => household.Remind(moment);
            case StepKind.PlaceHold: return household => household.PlaceHold(Pick(Enum.GetValues<HoldReason>()), review, moment);
            case StepKind.ReleaseHold: return household => household.ReleaseHold(moment);
            case StepKind.ReviewHold: return household => household.ReviewHold(moment);
            case StepKind.OpenCallHours: return household => household.OpenCallHours(Pick(Hours), moment);
            case StepKind.Reassign:
                return household => household.Reassign(new Assignee(Pick(["Call-backs", "Care officers", "Nobody"]), null), Given.Teams);
            case StepKind.Accept:
                return household => household.Accept(
                    moment.Now, Choice % 2 == 0, Choice % 3 == 0 ? contact : null, Choice % 5 == 0 ? LawfulBasis.Consent : null, moment);
            case StepKind.ChangeContact: return household => household.ChangeContact(contact, moment);
            case StepKind.ApplyPolicy:
                return household =>
                    household.ApplyPolicy(new CallBackPolicy { IntervalDays = 7 + (Choice % 30), MaxAttempts = 1 + (Choice % 4) }, moment);
            case StepKind.Withdraw: return household => household.Withdraw(Pick(Enum.GetValues<WithdrawalReason>()), moment);
            case StepKind.WithdrawReferral:
                return household => household.WithdrawReferral(
                household.Id, Pick(Enum.GetValues<WithdrawalReason>()), moment);
            case StepKind.Amend:
                var details = seen.Details with
                {
                    CrimeReference = $"CRI/{Choice % 3}",
                    Contact = contact,
                    Risks = Choice % 4 == 0 ? [Pick(Enum.GetValues<Risk>())] : seen.Details.Risks,
                };
                return household => household.Amend(details, moment);
            case StepKind.MessageSent:
                var messages = seen.Outbox.Select(dispatch => dispatch.Id).Append("made").ToArray();
                var id = messages[Choice % messages.Length];
                return household => household.MessageSent(household.Id, id, moment);
            case StepKind.ReceiveAnswer: return household => household.ReceiveAnswer(household.Id, Answer(), moment);
            case StepKind.Erase: return household => household.Erase(Pick(Enum.GetValues<ErasureReason>()), moment);
            case StepKind.Correct:
                var corrected = seen.Details with
                {
                    CrimeReference = $"CRI/{Choice % 3}",
                    Risks = Choice % 2 == 0 ? [Pick(Enum.GetValues<Risk>())] : seen.Details.Risks,
                };
                return household => household.Correct(corrected, moment);
            case StepKind.CorrectRecord:
                var record = new RecordCorrection(
                    Choice % 3 == 0 ? Pick(Enum.GetValues<OfferAnswer>()) : null,
                    Choice % 4 == 0 ? seen.Details.OfferedAt.AddHours((Choice % 400) - 300) : null,
                    IsDateConfirmed: Choice % 5 != 0,
                    Choice % 2 == 0 ? new Team(Pick(["OCAIT", "CID North"]), "Call-backs", null, "supervisor-2") : null,
                    Choice % 7 == 0 ? LawfulBasis.VitalInterests : null);
                return household => household.CorrectRecord(record, Given.SchemeStart, moment);
            case StepKind.Reopen: return household => household.Reopen(Pick(Enum.GetValues<ReopeningReason>()), moment);
            case StepKind.EscalateDanger: return household => household.EscalateDanger(moment);
            case StepKind.PlaceDisclosureHold:
                return household => household.PlaceDisclosureHold(Pick(Enum.GetValues<DisclosureReason>()), review, moment);
            case StepKind.ReleaseDisclosureHold: return household => household.ReleaseDisclosureHold();
            case StepKind.ReviewDisclosureHold: return household => household.ReviewDisclosureHold(moment);
            case StepKind.RememberErasureAsked: return household => household.RememberErasureAsked(moment);
            case StepKind.PlanVisit: return household => household.PlanVisit(moment);
            case StepKind.RecordDanger:
                return household => household.RecordDanger(Choice % 5 == 0 ? [] : [Pick(Enum.GetValues<Risk>())], Choice % 3 == 0, moment);
            case StepKind.RemindOfMeasure:
                // One is seldom waited for: first somebody says that they know of the danger.
                if (seen.Danger is { AcknowledgedAt: null }) return household => household.AcknowledgeDanger(moment);
                return household => household.RemindOfMeasure(moment);
            case StepKind.RemindOfSafeRoute: return household => household.RemindOfSafeRoute(moment);
            case StepKind.AcknowledgeDanger: return household => household.AcknowledgeDanger(moment);
            case StepKind.RecordDangerAction:
                return household => household.RecordDangerAction(
                    Pick(Enum.GetValues<DangerAction>()),
                    Choice % 3 == 0 ? NoActionReason.Other : null,
                    Choice % 2 == 0 ? $"SG-{Choice % 4}" : null,
                    moment);
            case StepKind.RemindOfWelfareContact: return household => household.RemindOfWelfareContact(moment);
            case StepKind.RecordWelfareContact:
                // One is seldom planned: first somebody says what was done.
                if (seen.Danger?.Welfare is null)
                    return household => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment);
                return household => household.RecordWelfareContact(
                    new Guid(Choice % 9, 2, 0, [.. BitConverter.GetBytes(0L)]), Pick(Enum.GetValues<WelfareOutcome>()),
                    Pick(Enum.GetValues<AttemptWay>()), safetyChecked: Choice % 11 != 0, moment);
            case StepKind.SendReferralAgain: return household => household.SendReferralAgain(household.Id, moment);
            case StepKind.HandReferralOver: return household => household.HandReferralOver(household.Id, moment);
            case StepKind.ChaseAnswer: return household => household.ChaseAnswer(moment);
            case StepKind.HoldForSupervisor:
                return household => household.HoldForSupervisor(
                    Pick([HoldReason.NeverToBeCalled, HoldReason.LikelyDuplicate]), Pick(Others), "officer", moment);
            case StepKind.EndHoldFor: return household => household.EndHoldFor(Pick(Others), moment);
            case StepKind.ReleaseAsSupervisor: return household => household.ReleaseHold(moment, isSupervisor: true);
            case StepKind.TakeNeverBack: return household => household.TakeNeverBack(Pick(Enum.GetValues<NeverTakenBackReason>()), moment);
            case StepKind.TakeOver:
                var other = OtherRecord(moment);
                return household => household.TakeOver(other, moment);
            case StepKind.MergeInto:
                var kept = OtherRecord(moment);
                return household => household.MergeInto(kept, moment);
            default: throw new InvalidOperationException($"{Kind} is no command.");
        }
    }

    // Another record of the same household, at the same door.
    private Household OtherRecord(Moment moment)
    {
        var details = Given.Details(Pick([OfferAnswer.Declined, OfferAnswer.NotAsked, OfferAnswer.DoNotContact])) with
        {
            OfferedAt = moment.Now,
            Contact = Choice % 4 == 0 ? null : Pick(Contacts[..3]),
            CrimeReference = Choice % 3 == 0 ? null : $"CRI/{Choice % 3}",
            Risks = Choice % 3 == 0 ? [Pick(Enum.GetValues<Risk>())] : [],
        };
        var other = OfferTransitions.Record(Pick(Others), details, Given.Team, Given.Policy, Given.SchemeStart, moment).Household;
        return Choice % 5 == 0 && other.IsOpen
            ? other.PlaceHold(Pick([HoldReason.BailChanged, HoldReason.SuspectDied]), moment.Now.AddDays(3), moment).Household
            : other;
    }

    private Attempt Attempt(Moment moment)
    {
        var outcome = Pick([CallOutcome.NoAnswer, CallOutcome.NoAnswer, .. Enum.GetValues<CallOutcome>()]);
        return new Attempt(
            new Guid(Choice, 1, 0, [.. BitConverter.GetBytes(moment.Now.Ticks)]), moment.Now, outcome, SafetyChecked: Choice % 17 != 0,
            outcome == CallOutcome.UnsafeToCall ? Pick(Enum.GetValues<HoldReason>()) : null,
            outcome == CallOutcome.CallLater ? moment.Calendar.NextCallMoment(moment.Now.AddHours(1 + (Choice % 300))) : null,
            Choice % 3 == 0 ? CallDirection.Incoming : CallDirection.Outgoing)
        {
            By = Choice % 4 == 0 ? Pick(Enum.GetValues<AttemptWay>()) : AttemptWay.Phone,
        };
    }

    private UndoTerms? UndoBy(Moment moment) => Choice % 5 == 0 ? null : new UndoTerms(Caller, moment.Now.AddSeconds(20));

    private Consent? Said(Moment moment) => Choice % 13 != 0 ? null : new Consent
    {
        YesTo = [Pick(Enum.GetValues<ConsentTo>())],
        NoTo = Choice % 2 == 0 ? [] : [Pick([ConsentTo.BeingReferred, ConsentTo.BeingAskedAgain])],
        At = moment.Now,
    };

    private ReferralAnswer Answer()
    {
        var kind = Pick(Enum.GetValues<ReferralAnswerKind>());
        // A few ids only, so that answers come again after others and after amendments.
        return new ReferralAnswer(
            $"{kind}-{Choice % 4}", kind, Choice % 2 == 0 ? "V-1" : null,
            kind == ReferralAnswerKind.Rejected ? RejectionReason.AtCapacity : null,
            kind == ReferralAnswerKind.Closed ? ClosureReason.Completed : null,
            Choice % 3 == 0 ? 1 + (Choice % 5) : null);
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[Choice % of.Count];
}

internal enum StepKind
{
    StartCallBack, RecordAttempt, Remind, Erase, PlaceHold, ReleaseHold, ReviewHold, OpenCallHours, Reassign, Accept, ChangeContact,
    ApplyPolicy, Withdraw, WithdrawReferral, Amend, MessageSent, ReceiveAnswer, ChaseAnswer, Correct, Reopen, EscalateDanger,
    AcknowledgeDanger, RecordDangerAction, HoldForSupervisor, EndHoldFor, ReleaseAsSupervisor, TakeNeverBack, RecordDanger, RemindOfMeasure,
    RemindOfSafeRoute, CorrectRecord, PlanVisit, RemindOfWelfareContact, RecordWelfareContact,
    SendReferralAgain, HandReferralOver, TakeOver, MergeInto,
    PlaceDisclosureHold, ReleaseDisclosureHold, ReviewDisclosureHold, RememberErasureAsked, UndoAttempt,
}
