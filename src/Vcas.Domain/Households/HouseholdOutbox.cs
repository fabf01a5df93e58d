namespace Vcas.Domain.Households;

/// <summary>
/// What becomes of what a household's outbox holds. That a notification has left, or can't, is no event in the household's course.
/// </summary>
public static class HouseholdOutbox
{
    /// <summary>A notification has left.</summary>
    public static Household NoticeSent(this Household household, string dispatchId)
    {
        var told = household.WithoutNotice(dispatchId);
        return ReferenceEquals(told, household) || !household.IsForWhoActs(dispatchId) ? told : told with { UntoldSince = null };
    }

    /// <summary>Nobody can be told, and trying again would change nothing: the lists show it until a later notice arrives.</summary>
    public static Household NoticeUndeliverable(this Household household, string dispatchId, DateTimeOffset now)
    {
        var untold = household.WithoutNotice(dispatchId);
        return ReferenceEquals(untold, household) || !household.IsForWhoActs(dispatchId)
            ? untold
            : untold with { UntoldSince = household.UntoldSince ?? now };
    }

    /// <summary>Nobody could be told so far. It will be tried again; until then the lists show it.</summary>
    public static Household NoticeDelayed(this Household household, DateTimeOffset now) =>
        household.UntoldSince is null && household.Outbox.Any(dispatch => dispatch.IsForWhoActs)
            ? household with { UntoldSince = now }
            : household;

    /// <summary>What leaves whatever becomes of the call meanwhile.</summary>
    internal static IReadOnlyList<Dispatch> LastingOutbox(this Household household) =>
        [.. household.Outbox.Where(dispatch => dispatch.IsLasting)];

    /// <summary>A notice of this revision.</summary>
    internal static Dispatch Notice(this Household household, string name, DispatchKind kind) => new($"{name}-{household.Revision}", kind);

    /// <summary>The household with a notice, which takes the place of what told of the call before.</summary>
    internal static Household WithNotice(this Household household, string name, DispatchKind kind) => household with
    {
        Outbox = [.. household.LastingOutbox(), household.Notice(name, kind)],
    };

    private static bool IsForWhoActs(this Household household, string dispatchId) =>
        household.Outbox.Any(dispatch => dispatch.IsForWhoActs && dispatch.Id == dispatchId);

    private static Household WithoutNotice(this Household household, string dispatchId) =>
        household.Outbox.Any(dispatch => !dispatch.IsMessage && dispatch.Id == dispatchId)
            ? household with { Outbox = [.. household.Outbox.Where(dispatch => dispatch.IsMessage || dispatch.Id != dispatchId)] }
            : household;
}
