
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>A claim stands on the list's row: where the row moves, the claim moves with it.</summary>
public sealed partial class Casework
{
    // A call that is due and is due in another place (another team's, or riskier now) is still being made by whoever is making it. What
    // they claim after this is read is handed on when the old row goes.
    private static async Task<IReadOnlyList<ListRow>> WithInheritanceAsync(
        IReadOnlyList<ListRow> appearing, IReadOnlyList<ListRow> before, CancellationToken cancellation)
    {
        if (before.FirstOrDefault(row => row.IsInherited) is not { } old) return appearing;
        return await Task.WhenAll(appearing.Select(row => row.IsInherited ? row.WithOwnOfAsync(old, cancellation) : Task.FromResult(row)));
    }

    private static ListRow? HeirOf(ListRow row, IReadOnlyList<ListRow> rows) =>
        row.IsInherited ? rows.FirstOrDefault(other => other.IsInherited) : null;
}
