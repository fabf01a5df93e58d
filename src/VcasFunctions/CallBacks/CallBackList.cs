using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.CallBacks;

/// <summary>Which part of the list is asked for.</summary>
public enum CallBackListState
{
    /// <summary>Its time has not come.</summary>
    Waiting,

    /// <summary>Somebody should phone now, the overdue ones among them.</summary>
    Due,

    /// <summary>Nobody has tried in time.</summary>
    Overdue,

    /// <summary>Nobody may phone.</summary>
    Held,
}

/// <summary>
/// Open call-backs in the order in which they are worked. A partition a call-back team; the row's key sorts: what is due comes
/// riskiest and oldest first, what waits or is held by its time. Reading a team's due calls touches nothing else.
/// </summary>
public sealed partial class CallBackList(VcasTables tables, Sealer sealer)
{
    /// <summary>
    /// Rows that no list shows: they only mark an offer of which something has not been finished. No call-back team can have this
    /// name.
    /// </summary>
    public const string Unfinished = "!unfinished";

    private const string DuePrefix = "due";
    private const string WaitingPrefix = "waiting";
    private const string HeldPrefix = "held";
    private const string RisksColumn = "Risks";
    private const string SafeTimesColumn = "SafeTimes";
    private const string CallHoursColumn = "CallHours";

    /// <summary>The row of an open call-back; null once there is none.</summary>
    public ListRow? RowOf(Offer offer)
    {
        if (!offer.IsOpen) return null;
        var (prefix, sort) = offer.State switch
        {
            OfferState.Due => (DuePrefix, $"{9 - RiskRank(offer):D1}|{Instant(offer.CallFrom)}"),
            OfferState.Held => (HeldPrefix, Instant(offer.Hold!.ReviewAt)),
            _ => (WaitingPrefix, Instant(offer.CallFrom)),
        };
        var entity = new TableEntity(PartitionOf(offer.Assignee.Team), $"{prefix}|{sort}|{offer.Id:D}")
        {
            ["OfferId"] = offer.Id,
            ["Team"] = offer.Details.Team,
            ["CallBackTeam"] = offer.Assignee.Team,
            ["Person"] = offer.Assignee.Person,
            ["DueAt"] = offer.DueAt,
            ["CallFrom"] = offer.CallFrom,
            ["OverdueAt"] = offer.OverdueAt,
            ["ReviewAt"] = offer.Hold?.ReviewAt,
            ["HoldReason"] = offer.Hold is { } hold ? Word.Of(hold.Reason) : null,
            ["Death"] = offer.Death is { } death ? Word.Of(death.Of) : null,
            ["NextOffer"] = Word.Of(offer.NextOffer),
            ["Attempts"] = offer.Attempts.Count(attempt => attempt.Direction == CallDirection.Outgoing),
            ["LastOutcome"] = offer.Attempts.Count > 0 ? Word.Of(offer.Attempts[^1].Outcome) : null,
            ["LastDirection"] = offer.Attempts.Count > 0 ? Word.Of(offer.Attempts[^1].Direction) : null,
            [RisksColumn] = sealer.SealListed(offer.Id, RisksColumn, string.Join(' ', offer.Details.Risks.Select(Word.Of))),
            [SafeTimesColumn] = sealer.SealListed(offer.Id, SafeTimesColumn, SafeTimes.Write(offer.Details.Contact?.SafeTimes ?? [])),
            [CallHoursColumn] = sealer.SealListed(offer.Id, CallHoursColumn, SafeTimes.Write(offer.CallHours)),
            ["UntoldSince"] = offer.UntoldSince,
            ["Revision"] = offer.Revision,
        };
        return new ListRow(tables.CallBacks, entity) { IsInherited = offer.State == OfferState.Due };
    }

    /// <summary>
    /// A row that marks an offer which stands in no list that is swept, while it is recorded or changed: as long as the mark
    /// stands, the sweep looks whether all that follows was done.
    /// </summary>
    /// <param name="offerId">The offer.</param>
    /// <param name="revision">The revision that is being stored.</param>
    public ListRow MarkOf(Guid offerId, int revision) =>
        new(tables.CallBacks, Mark(offerId, revision));

    /// <summary>The row of such a mark.</summary>
    internal static TableEntity Mark(Guid offerId, int revision) =>
        new(Unfinished, offerId.ToString("D")) { ["OfferId"] = offerId, ["Revision"] = revision };

    /// <summary>The rows of one part of the list, of these call-back teams, in the order in which they are worked.</summary>
    public async Task<IReadOnlyList<CallBackRow>> ReadAsync(
        CallBackListState state, IReadOnlyList<string> callBackTeams, DateTimeOffset now, CancellationToken cancellation)
    {
        var prefix = state switch
        {
            CallBackListState.Waiting => WaitingPrefix,
            CallBackListState.Held => HeldPrefix,
            _ => DuePrefix,
        };
        var lists = await Task.WhenAll(callBackTeams.Select(team => ReadAsync(PartitionOf(team), prefix, cancellation)));
        return [.. lists.SelectMany(rows => rows)
            .Where(row => state != CallBackListState.Overdue || row.OverdueAt <= now)
            .OrderBy(row => row.SortKey, StringComparer.Ordinal)];
    }

    /// <summary>Whether a text can be a place in the list, as a page gives it for the next one.</summary>
    public static bool IsPlace(string text) => Place().IsMatch(text);

    /// <summary>Every row of every team and every mark, for the sweep, with when it was written.</summary>
    public async IAsyncEnumerable<(Guid OfferId, DateTimeOffset? WrittenAt, ListRow Row)> EverythingAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entity in tables.CallBacks.QueryAsync<TableEntity>(cancellationToken: cancellation))
            yield return (entity.GetGuid("OfferId") ?? Guid.Empty, entity.Timestamp, ListRow.Read(tables.CallBacks, entity));
    }

    // The service sorts keys by character code; team names are lower case throughout.
    private static string PartitionOf(string callBackTeam) => callBackTeam.ToLowerInvariant();

    private static string Instant(DateTimeOffset? instant) => (instant ?? DateTimeOffset.MaxValue).UtcDateTime.ToString("yyyyMMddTHHmmss");

    // What may end a life comes first, what endangers the call next.
    private static int RiskRank(Offer offer) =>
        Math.Min(9, offer.Details.Risks.Sum(risk => risk is Risk.SelfHarm ? 4 : risk.IsDanger() ? 2 : 1));

    [GeneratedRegex(@"^(due\|[0-9]|waiting|held)\|[0-9]{8}T[0-9]{6}\|[0-9a-f-]{36}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    private async Task<List<CallBackRow>> ReadAsync(string partition, string prefix, CancellationToken cancellation)
    {
        var rows = new List<CallBackRow>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix + "|"} and RowKey lt {prefix + "}"}");
        await foreach (var entity in tables.CallBacks.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)) rows.Add(Read(entity));
        return rows;
    }

    private CallBackRow Read(TableEntity entity)
    {
        var offerId = entity.GetGuid("OfferId") ?? Guid.Empty;
        return new CallBackRow
        {
            Partition = entity.PartitionKey,
            SortKey = entity.RowKey,
            OfferId = offerId,
            Team = entity.GetString("Team"),
            CallBackTeam = entity.GetString("CallBackTeam"),
            Person = entity.GetString("Person"),
            DueAt = entity.GetDateTimeOffset("DueAt"),
            CallFrom = entity.GetDateTimeOffset("CallFrom"),
            OverdueAt = entity.GetDateTimeOffset("OverdueAt"),
            ReviewAt = entity.GetDateTimeOffset("ReviewAt"),
            HoldReason = entity.GetString("HoldReason"),
            Death = entity.GetString("Death"),
            NextOffer = entity.GetString("NextOffer"),
            Attempts = entity.GetInt32("Attempts") ?? 0,
            LastOutcome = entity.GetString("LastOutcome"),
            LastDirection = entity.GetString("LastDirection"),
            Risks = sealer.OpenListed(offerId, RisksColumn, entity.GetString(RisksColumn)),
            SafeTimes = sealer.OpenListed(offerId, SafeTimesColumn, entity.GetString(SafeTimesColumn)),
            CallHours = sealer.OpenListed(offerId, CallHoursColumn, entity.GetString(CallHoursColumn)),
            UntoldSince = entity.GetDateTimeOffset("UntoldSince"),
            Claim = ClaimColumns.Read(entity),
        };
    }
}

/// <summary>One row as it was read.</summary>
public sealed record CallBackRow
{
    internal string Partition { get; init; } = "";
    internal string SortKey { get; init; } = "";
    internal string? Team { get; init; }
    internal string? CallBackTeam { get; init; }
    internal string? Person { get; init; }
    internal Guid OfferId { get; init; }
    internal DateTimeOffset? DueAt { get; init; }
    internal DateTimeOffset? CallFrom { get; init; }
    internal DateTimeOffset? OverdueAt { get; init; }
    internal DateTimeOffset? ReviewAt { get; init; }
    internal string? HoldReason { get; init; }
    internal string? Death { get; init; }
    internal string? NextOffer { get; init; }
    internal int Attempts { get; init; }
    internal string? LastOutcome { get; init; }
    internal string? LastDirection { get; init; }
    internal string Risks { get; init; } = "";
    internal string SafeTimes { get; init; } = "";
    internal string CallHours { get; init; } = "";
    internal DateTimeOffset? UntoldSince { get; init; }
    internal Claim? Claim { get; init; }
}
