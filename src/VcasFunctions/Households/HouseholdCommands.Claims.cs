
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>A claim stands on the list's row: where the row moves, the claim moves with it.</summary>
public sealed partial class HouseholdCommands
{
    // A call that is due and is due in another place (another team's, or riskier now) is still being made by whoever is making it. What
    // they claim after this is read is handed on when the old row goes.
    private static async Task<IReadOnlyList<ListRow>> WithClaimsAsync(
        IReadOnlyList<ListRow> appearing, IReadOnlyList<ListRow> before, CancellationToken cancellation)
    {
        if (before.FirstOrDefault(row => row.PassesClaimOn) is not { } old) return appearing;
        return await Task.WhenAll(
            appearing.Select(row => row.PassesClaimOn ? row.WithClaimOfAsync(old, cancellation) : Task.FromResult(row)));
    }

    private static ListRow? SuccessorOf(ListRow row, IReadOnlyList<ListRow> rows) =>
        row.PassesClaimOn ? rows.FirstOrDefault(other => other.PassesClaimOn) : null;
}
