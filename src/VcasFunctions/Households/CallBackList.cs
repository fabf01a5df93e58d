using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>Which part of the list is asked for.</summary>
public enum CallBackListState
{
    /// <summary>The call is not due yet.</summary>
    Waiting,

    /// <summary>Somebody should phone now, the overdue ones among them.</summary>
    Due,

    /// <summary>Nobody has tried in time.</summary>
    Overdue,

    /// <summary>The call is held: nobody may phone.</summary>
    Held,
}

/// <summary>
/// Open call-backs in the order in which they are worked. A partition a call-back team; the row's key sorts: what is due comes
/// riskiest and oldest first, what waits or is held by its time. Reading a team's due calls touches nothing else.
/// </summary>
public sealed class CallBackList(VcasTables tables, Sealer sealer)
{
    // How many rows may be read for each one that is shown before each is asked for by its key.
    private const int WidestRange = 3;

    /// <summary>The row of an open call-back; null once there is none.</summary>
    public ListRow? RowOf(Household household)
    {
        if (!household.IsOpen) return null;
        var key = household.State switch
        {
            HouseholdState.Due => CallBackSortKey.DueOf(RiskRank(household), household.CallFrom, household.Id),
            HouseholdState.Held => CallBackSortKey.Of(
                household.IsHeldForSupervisor ? CallBackSortKey.Decision : CallBackSortKey.Held, household.Hold!.ReviewAt, household.Id),
            _ => CallBackSortKey.Of(CallBackSortKey.Waiting, household.CallFrom, household.Id),
        };
        return new ListRow(
            tables.CallBacks, CallBackSortKey.PartitionOf(household.Assignee.Team), key, (part, row) => EntityOf(household, part, row))
        {
            PassesClaimOn = household.State == HouseholdState.Due,
        };
    }

    /// <summary>
    /// A row that marks an offer which is in no list that is swept, while it is recorded or changed: as long as the mark
    /// stands, the sweep looks whether all that follows was done.
    /// </summary>
    /// <param name="offerId">The offer.</param>
    /// <param name="revision">The revision that is being stored.</param>
    public ListRow MarkOf(Guid offerId, int revision) =>
        new(tables.CallBacks, Mark(offerId, revision));

    /// <summary>The row of such a mark.</summary>
    internal static TableEntity Mark(Guid offerId, int revision) =>
        new(ListRow.Unfinished, offerId.ToString("D")) { ["OfferId"] = offerId, ["Revision"] = revision };

    /// <summary>
    /// The rows at these places, in their order: those that have moved on meanwhile are left out, and one that can't be read says so
    /// instead of keeping all others from being seen.
    /// </summary>
    public async Task<IReadOnlyList<CallBackRow>> ReadAsync(IReadOnlyList<CallBackListEntry> places, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(places.GroupBy(place => (place.Partition, place.IsForDecision))
            .Select(part => ReadAsync(part.Key.Partition, [.. part], cancellation)));
        var entities = found.SelectMany(rows => rows).ToDictionary(row => (row.PartitionKey, row.RowKey));
        return [.. from place in places
                   where entities.ContainsKey((place.Partition, place.RowKey))
                   select CallBackRow.Read(entities[(place.Partition, place.RowKey)], place, sealer)];
    }

    /// <summary>Every row of every team and every mark, for the sweep, with when it was written.</summary>
    public async IAsyncEnumerable<(Guid OfferId, DateTimeOffset? WrittenAt, ListRow Row)> AllRowsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entity in tables.CallBacks.QueryAsync<TableEntity>(cancellationToken: cancellation))
            yield return (ListRow.OfferIdOf(entity), entity.Timestamp, ListRow.Read(tables.CallBacks, entity));
    }

    private TableEntity EntityOf(Household household, string partition, string key)
    {
        return new TableEntity(partition, key)
        {
            ["OfferId"] = household.Id,
            ["Team"] = household.Details.Team,
            ["CallBackTeam"] = household.Assignee.Team,
            // A person's calls, or nobody's, are picked out by this. The service tells capitals from small letters, and asks for nothing
            // absent.
            ["Person"] = household.Assignee.Person?.ToLowerInvariant() ?? "",
            ["DueAt"] = household.DueAt,
            ["CallFrom"] = household.CallFrom,
            ["OverdueAt"] = household.OverdueAt,
            ["ReviewAt"] = household.Hold?.ReviewAt,
            ["HoldReason"] = household.Hold is { } hold ? Word.Of(hold.Reason) : null,
            ["KnownReviewAt"] = household.IsHeldForSupervisor ? household.KnownHold?.ReviewAt : null,
            ["KnownHoldReason"] = household is { IsHeldForSupervisor: true, KnownHold: { } known } ? Word.Of(known.Reason) : null,
            ["NeedsSafeRoute"] = household.NeedsSafeRoute,
            ["Road"] = Word.Of(household.Road),
            ["RouteRemindAt"] = household.RouteTask?.RemindAt,
            ["RouteSince"] = household.RouteTask?.Since,
            ["HeldSince"] = household.Hold?.Since,
            ["RecordedAt"] = household.RecordedAt,
            ["Death"] = household.Death is { } death ? Word.Of(death.Of) : null,
            ["NextOffer"] = Word.Of(household.NextOffer),
            ["Attempts"] = household.Attempts.Count(attempt => attempt.Direction == CallDirection.Outgoing),
            ["LastAttemptAt"] = household.LastAttempt?.At,
            ["LastOutcome"] = household.Attempts.Count > 0 ? Word.Of(household.Attempts[^1].Outcome) : null,
            ["LastDirection"] = household.Attempts.Count > 0 ? Word.Of(household.Attempts[^1].Direction) : null,
            [CallBackColumns.Risks] = Sealed(CallBackColumns.Risks, WordList.Write(household.Details.Risks.Select(Word.Of))),
            [CallBackColumns.SafeTimes] = Sealed(
                CallBackColumns.SafeTimes, SafeTimesText.Write(household.Details.Contact?.SafeTimes ?? [])),
            [CallBackColumns.CallHours] = Sealed(CallBackColumns.CallHours, SafeTimesText.Write(household.CallHours)),
            ["UntoldSince"] = household.UntoldSince,
            ["Revision"] = household.Revision,
        };

        string Sealed(string column, string text) => sealer.SealListed(household.Id, column, text);
    }

    // Risks to life come first, risks to the call next.
    private static int RiskRank(Household household) =>
        Math.Min(9, household.Details.Risks.Sum(risk => risk is Risk.SelfHarm ? 4 : risk.IsDanger() ? 2 : 1));

    // A page's rows mostly lie side by side. Where others lie between them (the page shows one person's calls, say), each is asked for.
    private async Task<List<TableEntity>> ReadAsync(
        string partition, IReadOnlyList<CallBackListEntry> places, CancellationToken cancellation)
    {
        var (first, last) = (places.MinBy(place => place.Position)!, places.MaxBy(place => place.Position)!);
        if (last.Position - first.Position + 1 > places.Count * WidestRange)
        {
            var each = await Task.WhenAll(places.Select(place =>
                tables.CallBacks.GetEntityIfExistsAsync<TableEntity>(partition, place.RowKey, cancellationToken: cancellation)));
            return [.. each.Where(row => row.HasValue).Select(row => row.Value!)];
        }

        var rows = new List<TableEntity>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first.RowKey} and RowKey le {last.RowKey}");
        await foreach (var entity in tables.CallBacks.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)) rows.Add(entity);
        return rows;
    }
}
