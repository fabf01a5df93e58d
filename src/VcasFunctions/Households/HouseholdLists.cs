using System.Runtime.CompilerServices;
using Vcas.Domain.Households;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// The lists in which a household stands: the call list, the referrals, the open dangers, the disclosure holds. An offer stands in some
/// list before it is stored and until everything that follows from a change is done, so the sweep, which reads the lists, finds whatever
/// was left half-way.
/// </summary>
public sealed class HouseholdLists(
    CallBackList callBacks, ReferralList referrals, DangerList dangers, DisclosureHoldList disclosure, HouseholdStore store)
{
    /// <summary>The rows in which an offer stands.</summary>
    public IReadOnlyList<ListRow> RowsOf(Household household) =>
    [
        .. new[]
        {
            callBacks.RowOf(household), referrals.RowOf(household), dangers.RowOf(household), disclosure.RowOf(household),
        }.OfType<ListRow>(),
    ];

    /// <summary>The mark of an offer that stands in no list that is swept, while something is still to be done.</summary>
    public ListRow MarkOf(Household household) => callBacks.MarkOf(household.Id, household.Revision);

    /// <summary>Every row at which the sweep looks, with when it was written.</summary>
    public async IAsyncEnumerable<(Guid OfferId, DateTimeOffset? WrittenAt, ListRow Row)> SweptRowsAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var swept in callBacks.AllRowsAsync(cancellation)) yield return swept;
        await foreach (var swept in referrals.MovingRowsAsync(cancellation)) yield return swept;
    }

    /// <summary>Takes away every row of the referral but the right one.</summary>
    public Task RemoveOtherReferralsAsync(Household household, CancellationToken cancellation) =>
        referrals.RemoveOthersAsync(household, cancellation);

    /// <summary>
    /// Takes rows away that don't fit the offer. Somebody may be about to store a change for which one of them stands there
    /// already. So the offer is touched before: that change is then refused and begins again, and lists anew what it needs.
    /// </summary>
    /// <param name="stored">The offer.</param>
    /// <param name="rows">The rows in which it stands.</param>
    /// <param name="suspects">Rows that may be wrong, under the versions in which they were seen.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task TakeBackAsync(
        StoredHousehold stored, IReadOnlyList<ListRow> rows, IReadOnlyList<ListRow> suspects, CancellationToken cancellation)
    {
        var wrong = Without(suspects, rows);
        if (wrong.Count == 0) return;
        if (!await store.TryRenewVersionAsync(stored, cancellation))
        {
            // Somebody else gave it a new version since it was read here, which does as well. What a later change wrote is left to whoever
            // makes it: they have perhaps not stored it yet, or have still to do what follows.
            var newest = (await store.MustFindAsync(stored.Household.Id, cancellation)).Household;
            wrong = Without([.. suspects.Where(row => row.IsNoLaterThan(stored.Household.Revision))], RowsOf(newest));
        }

        await Task.WhenAll(wrong.Select(row => row.RemoveKnownAsync(cancellation)));
    }

    /// <summary>
    /// Undoes what was listed for a change that never came: takes away what doesn't fit the offer, and writes anew what stands in the same
    /// place and was written over. Otherwise the list would show risks and safe hours that somebody else sent, until the sweep.
    /// </summary>
    internal async Task RestoreAsync(StoredHousehold stored, IReadOnlyList<ListRow> listed, CancellationToken cancellation)
    {
        var rows = RowsOf(stored.Household);
        await TakeBackAsync(stored, rows, listed, cancellation);
        var writtenOver = rows.Where(
            row => listed.Any(other => other.Place == row.Place && other.Fingerprint() != row.Fingerprint()));
        await Task.WhenAll(writtenOver.Select(row => row.RefreshAsync(cancellation)));
    }

    /// <summary>Those that don't stand among others.</summary>
    internal static IReadOnlyList<ListRow> Without(IReadOnlyList<ListRow> rows, IReadOnlyList<ListRow> others) =>
        [.. rows.Where(row => others.All(other => other.Place != row.Place))];

    /// <summary>Writes rows, and gives them as they were written.</summary>
    internal static Task<ListRow[]> PutAsync(IReadOnlyList<ListRow> rows, CancellationToken cancellation) =>
        Task.WhenAll(rows.Select(row => row.PutAsync(cancellation)));

    /// <summary>
    /// Rows with the claim that is on the row whose place one of them takes. A call that is due and is due in another place (another
    /// team's, or riskier now) is still being made by whoever is making it. What they claim after this is handed on when the old row goes.
    /// </summary>
    internal static async Task<IReadOnlyList<ListRow>> WithClaimsAsync(
        IReadOnlyList<ListRow> appearing, IReadOnlyList<ListRow> before, CancellationToken cancellation)
    {
        if (before.FirstOrDefault(row => row.PassesClaimOn) is not { } old) return appearing;
        return await Task.WhenAll(
            appearing.Select(row => row.PassesClaimOn ? row.WithClaimOfAsync(old, cancellation) : Task.FromResult(row)));
    }

    /// <summary>Takes away what stands no longer; a claim goes to the row that takes the place of its own.</summary>
    internal static Task RemoveOldAsync(
        IReadOnlyList<ListRow> before, IReadOnlyList<ListRow> after, int revision, CancellationToken cancellation) =>
        Task.WhenAll(Without(before, after).Select(row => row.RemoveUpToAsync(revision, cancellation, SuccessorOf(row, after))));

    private static ListRow? SuccessorOf(ListRow row, IReadOnlyList<ListRow> rows) =>
        row.PassesClaimOn ? rows.FirstOrDefault(other => other.PassesClaimOn) : null;
}
