using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class OutcomeMustFitTheStateTests
{
    // Who rings leaves no message.
    private static readonly CallOutcome[] Said = [.. Enum.GetValues<CallOutcome>().Where(outcome => outcome != CallOutcome.MessageLeft)];

    [Fact]
    public void While_a_call_lies_ahead_everything_can_be_said_at_any_time()
    {
        var courses = new Func<Course>[]
        {
            () => new Course().At(Given.OfferedAt.AddHours(3)),
            () => new Course().Starts(),
            () => new Course().Starts().Attempts(CallOutcome.NoAnswer),
            () => new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged),
        };
        foreach (var course in courses)
        {
            foreach (var outcome in Said) Assert.Equal(0, RefusalOf(course(), outcome));
        }
    }

    [Fact]
    public void Of_a_referral_everything_can_be_said() => Holds(new Course().Accepts().Sends(), Said);

    [Fact]
    public void Whoever_asked_never_to_be_called_is_promised_no_call() => Holds(
        new Course().Starts().Attempts(CallOutcome.DoNotContact),
        [.. Said.Where(outcome => outcome != CallOutcome.CallLater)]);

    [Fact]
    public void Of_somebody_who_has_died_it_can_be_said_that_nobody_is_to_be_called() => Holds(
        new Course().Starts().Attempts(CallOutcome.Died), CallOutcome.DoNotContact, CallOutcome.Died);

    [Theory]
    [InlineData(WithdrawalReason.Duplicate)]
    [InlineData(WithdrawalReason.RecordedInError)]
    [InlineData(WithdrawalReason.Moved)]
    public void Of_what_was_taken_back_it_can_be_said_that_nobody_is_to_be_called(WithdrawalReason reason) => Holds(
        new Course().Withdraws(reason), CallOutcome.DoNotContact, CallOutcome.Died);

    private static void Holds(Course course, params CallOutcome[] taken)
    {
        foreach (var outcome in Said)
            Assert.Equal(taken.Contains(outcome) ? 0 : 3011, RefusalOf(course, outcome));
    }

    private static int RefusalOf(Course course, CallOutcome outcome) => course.IsRefused((household, moment) => household.RecordAttempt(
        course.Incoming(
            outcome,
            outcome == CallOutcome.UnsafeToCall ? HoldReason.Unsafe : null,
            outcome == CallOutcome.CallLater ? moment.Calendar.AddWorkingDays(moment.Now, 1) : null),
        moment));
}
