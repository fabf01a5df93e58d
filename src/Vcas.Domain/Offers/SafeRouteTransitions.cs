using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>What can happen while no safe route to a household is known.</summary>
public static class SafeRouteTransitions
{
    /// <summary>
    /// Nobody has found one yet: who recorded the household and its supervisor are told. Before its day nothing changes, nor while the call
    /// is held for another reason: who asks for a number then might meet the suspect. What has passed meanwhile is told of once when the
    /// hold has ended.
    /// </summary>
    public static Transition RemindOfSafeRoute(this Household household, Moment moment)
    {
        if (household.RouteTask is not { RemindAt: { } due } task || due > moment.Now || household.IsRouteTaskPaused)
            return household.Unchanged();
        var told = household.AwaitsRoute ? task.ToldAndKept(household.Policy, moment) : task.Told(household.Policy, moment);
        return (household with { RouteTask = told }).WithRouteNotices().After(new SafeRouteReminded(told.Step));
    }
}
