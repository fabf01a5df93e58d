using Azure.Data.Tables;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
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
    internal const string RisksColumn = "Risks";
    internal const string SafeTimesColumn = "SafeTimes";
    internal const string CallHoursColumn = "CallHours";

    // How many rows may be read for each one that is shown before each is asked for by its key.
    private const int WidestRange = 3;

    /// <summary>The row of an open call-back; null once there is none.</summary>
    public ListRow? RowOf(Offer offer)
    {
        if (!offer.IsOpen) return null;
        var key = offer.State switch
        {
            OfferState.Due => CallBackSortKey.DueOf(RiskRank(offer), offer.CallFrom, offer.Id),
            OfferState.Held => CallBackSortKey.Of(
                offer.IsHeldForSupervisor ? CallBackSortKey.Decision : CallBackSortKey.Held, offer.Hold!.ReviewAt, offer.Id),
            _ => CallBackSortKey.Of(CallBackSortKey.Waiting, offer.CallFrom, offer.Id),
        };
        var entity = new TableEntity(CallBackSortKey.PartitionOf(offer.Assignee.Team), key)
        {
            ["OfferId"] = offer.Id,
            ["Team"] = offer.Details.Team,
            ["CallBackTeam"] = offer.Assignee.Team,
            // A person's calls, or nobody's, are picked out by this. The service tells capitals from small letters, and asks for nothing
            // absent.
            ["Person"] = offer.Assignee.Person?.ToLowerInvariant() ?? "",
            ["DueAt"] = offer.DueAt,
            ["CallFrom"] = offer.CallFrom,
            ["OverdueAt"] = offer.OverdueAt,
            ["ReviewAt"] = offer.Hold?.ReviewAt,
            ["HoldReason"] = offer.Hold is { } hold ? Word.Of(hold.Reason) : null,
            ["KnownReviewAt"] = offer.IsHeldForSupervisor ? offer.KnownHold?.ReviewAt : null,
            ["KnownHoldReason"] = offer is { IsHeldForSupervisor: true, KnownHold: { } known } ? Word.Of(known.Reason) : null,
            ["NeedsSafeRoute"] = offer.Details.Contact is null,
            ["Death"] = offer.Death is { } death ? Word.Of(death.Of) : null,
            ["NextOffer"] = Word.Of(offer.NextOffer),
            ["Attempts"] = offer.Attempts.Count(attempt => attempt.Direction == CallDirection.Outgoing),
            ["LastOutcome"] = offer.Attempts.Count > 0 ? Word.Of(offer.Attempts[^1].Outcome) : null,
            ["LastDirection"] = offer.Attempts.Count > 0 ? Word.Of(offer.Attempts[^1].Direction) : null,
            [RisksColumn] = sealer.SealListed(offer.Id, RisksColumn, WordList.Write(offer.Details.Risks.Select(Word.Of))),
            [SafeTimesColumn] = sealer.SealListed(offer.Id, SafeTimesColumn, SafeTimesText.Write(offer.Details.Contact?.SafeTimes ?? [])),
            [CallHoursColumn] = sealer.SealListed(offer.Id, CallHoursColumn, SafeTimesText.Write(offer.CallHours)),
            ["UntoldSince"] = offer.UntoldSince,
            ["Revision"] = offer.Revision,
        };
        return new ListRow(tables.CallBacks, entity) { PassesClaimOn = offer.State == OfferState.Due };
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

    // Risks to life come first, risks to the call next.
    private static int RiskRank(Offer offer) =>
        Math.Min(9, offer.Details.Risks.Sum(risk => risk is Risk.SelfHarm ? 4 : risk.IsDanger() ? 2 : 1));

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
