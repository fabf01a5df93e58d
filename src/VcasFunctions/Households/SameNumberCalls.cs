using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>
/// One phone may be known to two households. Two callers who each open one of them would ring it twice in an hour; so a claim of one looks
/// at the others, whosever they are.
/// </summary>
public sealed class SameNumberCalls(CallBackList list, IOptionsMonitor<SafetyOptions> safety)
{
    /// <summary>Nobody is calling this number under another household just now.</summary>
    /// <param name="others">The other households with the number.</param>
    /// <param name="person">Who wants to call.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RuleBrokenException">Somebody is.</exception>
    internal async Task MustBeFreeAsync(
        IReadOnlyList<Household> others, string person, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var other in others.Where(other => other.State == HouseholdState.Due))
        {
            if (await list.RowOf(other)!.FindAsync(cancellation) is not { } stands) continue;
            Rules.Keep(new NumberMustBeFree(ClaimColumns.Read(stands), person, now));
        }
    }

    /// <summary>Whoever calls a number that was called under another household lately says that they know.</summary>
    /// <param name="others">The other households with the number.</param>
    /// <param name="access">Who wants to call.</param>
    /// <param name="isChecked">They have said that they know.</param>
    /// <param name="now">UTC.</param>
    /// <exception cref="RuleBrokenException">It was called, and they have not said so.</exception>
    internal void MustBeChecked(IReadOnlyList<Household> others, RequestAccess access, bool isChecked, DateTimeOffset now)
    {
        var since = now.AddHours(-safety.CurrentValue.SameNumberHours);
        if (others.MaxBy(LastCalledAt) is not { } last || LastCalledAt(last) is not { } at || at <= since) return;
        Rules.Keep(new SameNumberMustBeChecked(at, access.Reaches(last) ? last.Reference : null, isChecked));
    }

    /// <summary>When somebody last dialled a household, or spoke with it in its own call, UTC; null where nobody has.</summary>
    internal static DateTimeOffset? LastCalledAt(Household household) => household.Attempts
        .Where(attempt => attempt.By == AttemptWay.Phone && (attempt.WasDialled || attempt.ReachedHousehold))
        .Max(attempt => (DateTimeOffset?)attempt.At);
}
