using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>What can happen to the welfare contact after a danger: planned, told of, made.</summary>
public static class WelfareTransitions
{
    private static readonly TimeOnly Morning = new(8, 0), Evening = new(20, 0);

    /// <summary>
    /// Records what came of it. Nothing follows for the offer: what they say of that is recorded as a contact of theirs. The same attempt
    /// again changes nothing, and what is said once it is over is kept.
    /// </summary>
    /// <exception cref="RuleBrokenException">None is planned, it is too early, or nobody checked that it is safe.</exception>
    public static Transition RecordWelfareContact(
        this Household household, Guid attemptId, WelfareOutcome outcome, AttemptWay by, bool safetyChecked, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(household.Erasure),
            new WelfareContactMustBePlanned(household.Danger?.Welfare),
            new WelfareContactMustNotComeEarly(household.Danger?.Welfare, moment.Now),
            new WelfareContactMustBeSafe(outcome, safetyChecked));
        var (danger, welfare) = (household.Danger!, household.Danger!.Welfare!);
        var attempt = new WelfareAttempt(attemptId, moment.Now, outcome, by, safetyChecked);
        if (welfare.Attempts.FirstOrDefault(known => known.AttemptId == attemptId) is { } known)
        {
            Rules.Keep(new WelfareAttemptIdMustBeUsedOnce(known, attempt));
            return household.Unchanged();
        }

        var made = welfare with { Attempts = [.. welfare.Attempts, attempt] };
        return household.WithWelfare(danger, outcome.EndsTheContact() ? made.Over() : made)
            .After(new WelfareContactRecorded(danger.Number, attemptId, outcome, by));
    }

    /// <summary>
    /// It can be made from now on, or its time is over and nobody has: the supervisor is told, from then on the deputy too, every working
    /// morning. Before its time nothing changes.
    /// </summary>
    public static Transition RemindOfWelfareContact(this Household household, Moment moment)
    {
        if (household.Danger is not { Welfare: { RemindAt: { } due } welfare } danger || due > moment.Now) return household.Unchanged();
        var (count, isLate) = (welfare.Reminders + 1, moment.Now >= welfare.By);
        var told = household.WithWelfare(danger, welfare with
        {
            Reminders = count,
            RemindAt = isLate ? moment.NextMorning() : welfare.By,
        });
        return (told with
        {
            Outbox =
            [
                .. told.Outbox,
                new Dispatch($"welfare-{danger.Number}-{count}", DispatchKind.WelfareContactDue),
                .. isLate
                    ? [new Dispatch($"welfare-{danger.Number}-d{count}", DispatchKind.WelfareContactMissing)]
                    : Array.Empty<Dispatch>(),
            ],
        }).After(new WelfareContactReminded(danger.Number, count));
    }

    /// <summary>
    /// What was decided, with the welfare contact that follows on what was done; without one where there is no danger, or nobody is to be
    /// contacted.
    /// </summary>
    internal static Transition WithWelfarePlanned(this Transition change, DangerAction action, NoActionReason? reason, Moment moment)
    {
        var (household, danger) = (change.Household, change.Household.Danger!);
        if (action == DangerAction.None && reason is { } why && why.SaysThereIsNone())
            return change with { Household = household.WithoutWelfare() };
        if (danger.Welfare is not null || household.IsNeverToBeContacted()) return change;

        var (from, by) = household.WelfareWindow(danger.Since, moment);
        var planned = household with { Danger = danger with { Welfare = new WelfareContact(from, by) { RemindAt = from } } };
        return new Transition(planned, change.Events).Then(next => next.After(new WelfareContactPlanned(danger.Number, from, by)));
    }

    /// <summary>The household, of whose welfare contact the window lies no later than for a danger of now.</summary>
    internal static Household WithWelfarePutRight(this Household household, Moment moment)
    {
        if (household.Danger is not { Welfare: { RemindAt: { } remindAt } welfare } danger) return household;
        var (from, by) = household.WelfareWindow(moment.Now, moment);
        if (WrongClock.IsAhead(welfare.From, from))
        {
            // Its day can't be known any more, so it may be made from now on.
            (from, by) = household.WelfareWindow(moment.Now.AddHours(-household.Policy.WelfareFromHours), moment);
            return household with { Danger = danger with { Welfare = welfare with { From = from, By = by, RemindAt = from } } };
        }

        var at = remindAt.PutRight(Later(welfare.By, moment.NextMorning()));
        return at == remindAt ? household : household with { Danger = danger with { Welfare = welfare with { RemindAt = at } } };
    }

    /// <summary>The next morning of a working day, of which reminders are made: today's, where it still lies ahead.</summary>
    internal static DateTimeOffset NextMorning(this Moment moment)
    {
        var today = CallBackCalendar.DateOf(moment.Now);
        var morning = moment.Calendar.NextCallMoment(CallBackCalendar.StartOf(today));
        return morning > moment.Now ? morning : moment.Calendar.NextCallMoment(CallBackCalendar.StartOf(today.AddDays(1)));
    }

    private static (DateTimeOffset From, DateTimeOffset By) WelfareWindow(this Household household, DateTimeOffset since, Moment moment)
    {
        var from = InWakingHours(Later(since.AddHours(household.Policy.WelfareFromHours), moment.Now));
        var by = Later(
            since.AddHours(household.Policy.WelfareByHours),
            from.AddHours(household.Policy.WelfareByHours - household.Policy.WelfareFromHours));
        return (from, by);
    }

    private static Household WithWelfare(this Household household, Danger danger, WelfareContact welfare) => household with
    {
        Danger = danger with { Welfare = welfare },
        Outbox = [.. household.Outbox.Where(dispatch => !dispatch.IsOfWelfare)],
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // A danger knows no weekend; at night nobody wants to be asked how they are.
    private static DateTimeOffset InWakingHours(DateTimeOffset instant)
    {
        var date = CallBackCalendar.DateOf(instant);
        if (instant < CallBackCalendar.At(date, Morning)) return CallBackCalendar.At(date, Morning);
        return instant < CallBackCalendar.At(date, Evening) ? instant : CallBackCalendar.At(date.AddDays(1), Morning);
    }
}
