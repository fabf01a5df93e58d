using System.Text;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Lifecycle;

/// <summary>The state machine as one table: every state by every command. What changes in it is read by a person.</summary>
public sealed class LifecycleTests
{
    private static readonly IReadOnlyList<(string Name, Course Course)> States =
    [
        ("Waiting for the first call", new Course()),
        ("Waiting, and the time has come", new Course().At(Given.DueAt)),
        ("Due", new Course().Starts()),
        ("Due, and a reminder's time has come", new Course().Starts().WhenItWakes()),
        ("Due, and overdue", Overdue()),
        ("Waiting for the second attempt, and the first can be undone", new Course().Starts().Tells(CallOutcome.NoAnswer)),
        ("Referred: to send, and that can be undone", new Course().Starts().Tells(CallOutcome.Accepted)),
        ("Waiting for the second attempt", new Course().Starts().Attempts(CallOutcome.NoAnswer)),
        ("Due for the last attempt", new Course().Starts().Attempts(CallOutcome.NoAnswer).Starts().Attempts(CallOutcome.NoAnswer).Starts()),
        ("Not asked at the door: due for the first offer", new Course(Given.Details(OfferAnswer.NotAsked)).Starts()),
        ("Not asked at the door: declined once, waiting for the second offer", new Course(Given.Details(OfferAnswer.NotAsked))
            .Starts().Attempts(CallOutcome.Declined)),
        ("Held: the call was unsafe", new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress)),
        ("Held: the call was unsafe, and the review's time has come", new Course()
            .Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress).WhenItWakes()),
        ("Held: the review is overdue", new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress)
            .WhenItWakes().Does((household, moment) => household.ReviewHold(moment))),
        ("Held: the number is wrong", new Course().Starts().Attempts(CallOutcome.WrongNumber)),
        ("Held: the number is wrong, and the review's time has come", new Course()
            .Starts().Attempts(CallOutcome.WrongNumber).WhenItWakes()),
        ("Held for the supervisor: somebody asked that the number never be called", new Course().Starts().Does(Barred)),
        ("Waiting, and no number is known", new Course(Nameless())),
        ("Waiting, no number is known, and it is time to tell of that", new Course(Nameless()).WhenItWakes()),
        ("Held, and no number is known", new Course(Nameless())
            .Does((household, moment) => household.PlaceHold(HoldReason.BailChanged, moment.Now.AddDays(30), moment)).At(Given.DueAt)),
        ("Due, and no number is known", new Course(Nameless()).Starts()),
        ("Due, and a visit is planned although a number is known", new Course().Starts()
            .Does((household, moment) => household.PlanVisit(moment))),
        ("Due for the last visit", new Course(Nameless()).Starts().Visits(CallOutcome.NoAnswer).Starts()),
        ("Closed: declined in person", new Course().Visits(CallOutcome.Declined)),
        ("Referred: waits for a safe route", new Course(Nameless(OfferAnswer.Accepted))),
        ("Referred: waits for a safe route, and it is time to tell of that", new Course(Nameless(OfferAnswer.Accepted)).WhenItWakes()),
        ("Referred: to send", new Course().Accepts()),
        ("Referred: sent", new Course().Accepts().Sends()),
        ("Referred: sent, and the answer is late", new Course().Accepts().Sends().WhenItWakes()),
        ("Referred: received", new Course().Accepts().Sends().Answers(ReferralAnswerKind.Received, "m-1")),
        ("Referred: accepted by VCAS", new Course().Accepts().Sends().Answers(ReferralAnswerKind.Accepted, "m-1")),
        ("Referred: rejected by VCAS", new Course()
            .Accepts().Sends().Answers(ReferralAnswerKind.Rejected, "m-1", RejectionReason.AtCapacity)),
        ("Referred: closed by VCAS", new Course().Accepts().Sends().Answers(ReferralAnswerKind.Closed, "m-1")),
        ("Waiting, in danger", new Course(Given.Details() with { Risks = [Risk.Violence] })),
        ("Waiting, in danger, and nobody has acknowledged it in time", new Course(Given.Details() with { Risks = [Risk.Violence] })
            .WhenItWakes()),
        ("Waiting, in danger, and nobody has said what was done", new Course(Given.Details() with { Risks = [Risk.Violence] })
            .Does((household, moment) => household.AcknowledgeDanger(moment)).WhenItWakes()),
        ("Waiting, in danger, and a welfare contact is to be made", new Course(Given.Details() with { Risks = [Risk.Violence] })
            .Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)).WhenItWakes()),
        ("Closed: do not contact, in danger", new Course(Given.Details(OfferAnswer.DoNotContact) with { Risks = [Risk.ChildAtRisk] })),
        ("Closed: declined at the call-back", new Course().Starts().Attempts(CallOutcome.Declined)),
        ("Closed: not reached", new Course(policy: new CallBackPolicy { MaxAttempts = 1 }).Starts().Attempts(CallOutcome.NoAnswer)),
        ("Closed: do not contact", new Course(Given.Details(OfferAnswer.DoNotContact))),
        ("Closed: died", new Course().Starts().Attempts(CallOutcome.Died)),
        ("Closed: withdrawn, moved", new Course().Withdraws(WithdrawalReason.Moved)),
        ("Closed: withdrawn, recorded in error", new Course().Withdraws(WithdrawalReason.RecordedInError)),
        ("Closed: referral withdrawn before it was sent", new Course().Accepts().Withdraws(WithdrawalReason.NoLongerWanted)),
        ("Closed: referral withdrawn after it was sent", new Course().Accepts().Sends().Withdraws(WithdrawalReason.NoLongerWanted)),
        ("Closed: not reached, held for disclosure, and the review's time has come", new Course(
            policy: new CallBackPolicy { MaxAttempts = 1 }).Starts().Attempts(CallOutcome.NoAnswer)
            .Does((household, moment) => household.PlaceDisclosureHold(DisclosureReason.Mopi, moment.Now.AddDays(500), moment))
            .WhenItWakes()),
        ("Closed: do not contact, after the referral was sent", new Course()
            .Accepts().Sends().Withdraws(WithdrawalReason.DoNotContact).Sends()),
    ];

    [Fact]
    public void Every_state_by_every_command_is_as_the_table_says()
    {
        var text = new StringBuilder("""
            # The lifecycle

            Every state by every command: what happens (events, the new state, what is to leave the house), what changes nothing, and
            which rule refuses. Offered on 6 June 2023; the policy of three attempts.


            """.ReplaceLineEndings("\n"));
        foreach (var (name, course) in States) Describe(text, name, course);
        Golden.Holds("Lifecycle.md", text.ToString());
    }

    [Fact]
    public void Every_state_of_the_offer_and_of_the_referral_stands_in_the_table()
    {
        Assert.Equal(Enum.GetValues<HouseholdState>(), States.Select(state => state.Course.Household.State).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ReferralState>(),
            States.Select(state => state.Course.Household.Referral?.State).OfType<ReferralState>().Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ClosingReason>(),
            States.Select(state => state.Course.Household.Closing?.Reason).OfType<ClosingReason>().Distinct().Order());
    }

    [Fact]
    public void Every_transition_that_is_public_stands_in_the_table()
    {
        var declared = new[]
        {
            typeof(OfferTransitions),
            typeof(CorrectionTransitions),
            typeof(DangerTransitions),
            typeof(Withdrawals),
            typeof(CallBackTransitions),
            typeof(CallHoursTransitions),
            typeof(ReferralTransitions),
            typeof(SupervisorHolds),
            typeof(SafeRouteTransitions),
            typeof(UndoTransitions),
            typeof(VisitTransitions),
            typeof(WelfareTransitions),
            typeof(HandoverTransitions),
            typeof(DisclosureTransitions),
        }
            .SelectMany(type => type.GetMethods().Where(method => method.IsStatic && method.ReturnType == typeof(Transition)))
            .Select(method => method.Name).Where(method => method != nameof(OfferTransitions.Record)).ToHashSet();
        string[] inTable =
        [
            "StartCallBack", "RecordAttempt", "UndoAttempt",
            "Remind", "PlaceHold", "ReleaseHold", "ReviewHold", "OpenCallHours", "Reassign", "PassOn",
            "Accept", "ChangeContact",
            "ApplyPolicy", "Withdraw", "WithdrawReferral", "Amend", "MessageSent", "ReceiveAnswer", "ChaseAnswer", "Erase",
            "HoldForSupervisor", "EndHoldFor", "TakeNeverBack", "Correct", "CorrectRecord", "Reopen",
            "RecordDanger", "EscalateDanger", "AcknowledgeDanger", "RemindOfMeasure", "RecordDangerAction",
            "RemindOfSafeRoute", "PlanVisit", "RecordWelfareContact", "RemindOfWelfareContact", "SendReferralAgain", "HandReferralOver",
            "PlaceDisclosureHold", "ReleaseDisclosureHold", "ReviewDisclosureHold", "RememberErasureAsked",
        ];
        Assert.Equal(inTable.Order(), declared.Order());
    }

    private static void Describe(StringBuilder text, string name, Course course)
    {
        var unchanged = new List<string>();
        var refused = new SortedDictionary<int, List<string>>();
        text.Append($"## {name}\n\n| command | happens | then | leaves the house |\n|---|---|---|---|\n");
        foreach (var (command, run) in Commands.All)
        {
            try
            {
                var transition = run(course.Household, course.Moment);
                if (!transition.IsChange) unchanged.Add(command);
                else
                    text.Append(
                        $"| {command} | {Events(transition)} | {State(transition.Household)} "
                        + $"| {Leaves(course.Household, transition.Household)} |\n");
            }
            catch (RuleBrokenException broken)
            {
                refused.TryAdd(broken.Rule.Code, []);
                refused[broken.Rule.Code].Add(command);
            }
        }

        text.Append($"\nChanges nothing: {Joined(unchanged)}.\n\nRefused:\n");
        foreach (var (code, commands) in refused) text.Append($"- **{code}** {Joined(commands)}\n");
        if (refused.Count == 0) text.Append("- nothing\n");
        text.Append('\n');
    }

    private static OfferDetails Nameless(OfferAnswer answer = OfferAnswer.NotAsked) => Given.Details(answer) with { Contact = null };

    private static Transition Barred(Household household, Moment moment) =>
        household.HoldForSupervisor(HoldReason.NeverToBeCalled, Commands.OtherId, "officer", moment);

    private static Course Overdue() => new Course()
        .Starts().WhenItWakes().Does((household, moment) => household.Remind(moment)).WhenItWakes();

    private static string Events(Transition transition) => string.Join(", ", transition.Events.Select(happened => happened.GetType().Name));

    private static string State(Household household) => household.Course switch
    {
        ContactCourse.Waiting waiting => $"Waiting until {waiting.CallFrom:yyyy-MM-dd HH:mm}Z",
        ContactCourse.Due due => $"Due, reminder {due.NextReminderAt:yyyy-MM-dd HH:mm}Z",
        ContactCourse.Held { Hold: { OverdueSince: not null } hold } => $"Held ({Word.Of(hold.Reason)}), its review overdue since "
            + $"{hold.OverdueSince:yyyy-MM-dd HH:mm}Z, reminder {hold.RemindAt:yyyy-MM-dd HH:mm}Z",
        ContactCourse.Open => $"Held ({Word.Of(household.Hold!.Reason)}), to be decided by {household.Hold.ReviewAt:yyyy-MM-dd HH:mm}Z",
        ContactCourse.Closed closed => $"Closed ({Word.Of(closed.Closing.Reason)})",
        _ => $"Referred ({Word.Of(household.Acceptance!.When)}), {Word.Of(household.Referral!.State)}",
    };

    private static string Leaves(Household before, Household after)
    {
        var added = after.Outbox.Except(before.Outbox).Select(dispatch => Word.Of(dispatch.Kind));
        var dropped = before.Outbox.Except(after.Outbox).Select(dispatch => $"~~{Word.Of(dispatch.Kind)}~~");
        return Joined([.. added, .. dropped]);
    }

    private static string Joined(List<string> words) => words.Count == 0 ? "nothing" : string.Join(", ", words);
}
