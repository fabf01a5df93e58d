namespace Vcas.Domain.Households;

/// <summary>
/// That a safe route to a household has to be found, which lasts until one is known or nobody waits for one any more: it is told of again
/// on some working days, and a call that falls due meanwhile doesn't end it. Who has said yes is told of at once, and again for as long as
/// they wait. Codes and instants alone.
/// </summary>
/// <param name="Since">Since when nobody knows a safe route, UTC.</param>
/// <param name="Step">How many of those days have been told of.</param>
/// <param name="RemindAt">When it is told of next, UTC; null after the last of them.</param>
public sealed record RouteTask(DateTimeOffset Since, int Step, DateTimeOffset? RemindAt)
{
    /// <summary>How often it is told of.</summary>
    public const int Steps = 3;

    /// <summary>The task of a household for which no safe route has been known since then. A past day is told of now.</summary>
    internal static RouteTask Begun(DateTimeOffset since, CallBackPolicy policy, Moment moment) =>
        new RouteTask(since, 0, null).Reckoned(policy, moment);

    /// <summary>It, with its next day reckoned anew.</summary>
    internal RouteTask Reckoned(CallBackPolicy policy, Moment moment)
    {
        if (Step >= Steps) return this with { RemindAt = null };
        var at = DayOf(Step, policy, moment);
        return this with { RemindAt = at > moment.Now ? at : moment.Calendar.NextCallMoment(moment.Now) };
    }

    /// <summary>It, begun no later than now, and told of no later than from now on.</summary>
    internal RouteTask PutRight(CallBackPolicy policy, Moment moment)
    {
        if (WrongClock.IsAhead(Since, moment.Now)) return (this with { Since = moment.Now }).Reckoned(policy, moment);
        var longest = Math.Max(policy.SafeRouteDays1, Math.Max(policy.SafeRouteDays2, policy.SafeRouteDays3));
        return this with { RemindAt = RemindAt?.PutRight(longest, moment) };
    }

    /// <summary>It, told of now: what has passed by now is told of with it.</summary>
    internal RouteTask Told(CallBackPolicy policy, Moment moment)
    {
        var step = Step + 1;
        while (step < Steps && DayOf(step, policy, moment) <= moment.Now) step++;
        return (this with { Step = step }).Reckoned(policy, moment);
    }

    /// <summary>It, told of now, of a household that has said yes: after the last of the days it is told of again and again.</summary>
    internal RouteTask ToldAndKept(CallBackPolicy policy, Moment moment)
    {
        var told = Told(policy, moment);
        return told with { RemindAt = told.RemindAt ?? moment.Calendar.AddWorkingDays(moment.Now, policy.SafeRouteDays2) };
    }

    private DateTimeOffset DayOf(int step, CallBackPolicy policy, Moment moment) => moment.Calendar.AddWorkingDays(
        Since, step switch { 0 => policy.SafeRouteDays1, 1 => policy.SafeRouteDays2, _ => policy.SafeRouteDays3 });
}

/// <summary>How a task to find a safe route begins and ends.</summary>
internal static class RouteTasks
{
    /// <summary>The household with the task that it needs, and without one that it doesn't.</summary>
    internal static Household WithRouteTask(this Household household, DateTimeOffset since, Moment moment)
    {
        if (!household.NeedsSafeRoute) return household.WithoutRouteTask();
        return household.RouteTask is null
            ? household with { RouteTask = RouteTask.Begun(since, household.Policy, moment) }
            : household;
    }

    /// <summary>The household with what tells of its task, in the place of what told of it before and has not left yet.</summary>
    internal static Household WithRouteNotices(this Household household)
    {
        var missing = household.Notice("route", DispatchKind.SafeRouteMissing);
        // While a household is being recorded nobody stands in it yet as who did it.
        Dispatch[] notices = household is { RecordedBy: null, Revision: > 0 }
            ? [missing]
            : [household.Notice("route-asked", DispatchKind.SafeRouteAsked), missing];
        return household with { Outbox = [.. household.Outbox.Where(dispatch => !dispatch.IsOfRouteTask), .. notices] };
    }

    /// <summary>The household without such a task, and without what told of it and has not left yet.</summary>
    internal static Household WithoutRouteTask(this Household household) => household.RouteTask is null
        ? household
        : household with { RouteTask = null, Outbox = [.. household.Outbox.Where(dispatch => !dispatch.IsOfRouteTask)] };
}
