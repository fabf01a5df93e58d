using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>
/// What a caller must know of the other households of an investigation, whosever they are: that there are some, and that one was called.
/// No name, no number and no reference is in it.
/// </summary>
/// <param name="OtherHouseholds">How many others there are.</param>
/// <param name="More">Whether there are more than were looked at.</param>
/// <param name="LastCalledAt">When one of them was called last, UTC; absent where none was.</param>
public sealed record CaseView(int OtherHouseholds, bool More, DateTimeOffset? LastCalledAt);

/// <summary>Looks at the other households of an investigation.</summary>
public sealed class Investigations(LikeHouseholds likes)
{
    /// <summary>What a caller of this household must know of them; null where its investigation isn't known.</summary>
    public async Task<CaseView?> OfAsync(Household household, CancellationToken cancellation)
    {
        if (household.Details.CrimeReference is not { } reference) return null;
        var (others, areMore) = await likes.OfCaseAsync(household.Id, reference, cancellation);
        return new CaseView(others.Count(other => other.IsCounted), areMore, others.Max(SameNumberCalls.LastCalledAt));
    }
}
