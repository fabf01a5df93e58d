using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>Referrals by state: a partition a state, oldest first. What still waits for something is in small partitions.</summary>
public sealed class ReferralList(VcasTables tables, Sealer sealer)
{
    /// <summary>The states in which something is still to happen.</summary>
    public static readonly IReadOnlyList<ReferralState> Moving =
        [ReferralState.ToSend, ReferralState.Sent, ReferralState.Received, ReferralState.AwaitingRoute];

    /// <summary>
    /// Referrals that have come to rest while somebody has still to be told: VCAS of a withdrawal, the supervisor of a rejection.
    /// </summary>
    private const string Unsent = "unsent";
    private const string CaseReferenceColumn = "CaseReference";

    private static readonly IReadOnlyList<string> Swept = [.. Moving.Select(Word.Of), Unsent];

    /// <summary>The row of an offer's referral; null if none was made, or the household is erased.</summary>
    public ListRow? RowOf(Household household)
    {
        if (household.Referral is not { } referral || household.Erasure is not null) return null;
        var partition = household.Outbox.Count > 0 && !Moving.Contains(referral.State) ? Unsent : Word.Of(referral.State);
        return new ListRow(tables.Referrals, partition, RowKeyOf(referral, household.Id), (part, key) => new TableEntity(part, key)
        {
            ["OfferId"] = household.Id,
            ["Team"] = household.Details.Team,
            ["State"] = Word.Of(referral.State),
            ["Version"] = referral.Version,
            ["MadeAt"] = referral.MadeAt,
            ["SentAt"] = referral.SentAt,
            ["AnswerDueAt"] = referral.AnswerDueAt,
            ["AnswerLateSince"] = referral.AnswerLateSince,
            ["AnsweredAt"] = referral.AnsweredAt,
            ["AcceptedWhen"] = household.Acceptance is { } acceptance ? Word.Of(acceptance.When) : null,
            ["Reason"] = referral.RejectionReason is { } rejection ? Word.Of(rejection)
                : referral.ClosureReason is { } closure ? Word.Of(closure)
                : referral.WithdrawalReason is { } withdrawal ? Word.Of(withdrawal) : null,
            [CaseReferenceColumn] = sealer.SealListed(household.Id, CaseReferenceColumn, referral.CaseReference ?? ""),
            ["UntoldSince"] = household.UntoldSince,
            ["Revision"] = household.Revision,
        })
        { IsSwept = Swept.Contains(partition) };
    }

    /// <summary>Removes this offer's referral from every place but its own, unless a later revision wrote it there.</summary>
    public async Task RemoveOthersAsync(Household household, CancellationToken cancellation)
    {
        if (household.Referral is not { } referral) return;
        var own = RowOf(household)?.Partition;
        foreach (var partition in Enum.GetValues<ReferralState>().Select(Word.Of).Append(Unsent).Where(partition => partition != own))
            await new ListRow(tables.Referrals, new TableEntity(partition, RowKeyOf(referral, household.Id))).RemoveUpToAsync(
                household.Revision, cancellation);
    }

    /// <summary>The referrals in a state, oldest first.</summary>
    public async Task<IReadOnlyList<ReferralView>> ReadAsync(ReferralState state, CancellationToken cancellation)
    {
        var rows = new List<ReferralView>();
        await foreach (var entity in PartitionAsync(Word.Of(state), cancellation)) rows.Add(Read(entity));
        if (Moving.Contains(state)) return rows;
        await foreach (var entity in PartitionAsync(Unsent, cancellation))
        {
            if (entity.Value<string>("State") == Word.Of(state)) rows.Add(Read(entity));
        }

        return rows;
    }

    /// <summary>
    /// The oldest referrals that VCAS may not have in their newest version, by their ids: not left, not answered, or something of them has
    /// still to leave.
    /// </summary>
    /// <param name="isOwn">Whether a team's are asked for.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<Guid>> UnconfirmedAsync(Func<string, bool> isOwn, int most, CancellationToken cancellation)
    {
        var found = new List<(string Key, Guid Id)>();
        foreach (var partition in Swept)
        {
            var taken = 0;
            await foreach (var entity in PartitionAsync(partition, cancellation))
            {
                // A line that doesn't say whose it is may be anybody's: its household says it.
                if (entity.Value<string>("Team") is { } team && !isOwn(team)) continue;
                found.Add((entity.RowKey, ListRow.OfferIdOf(entity)));
                if (++taken == most) break;
            }
        }

        return [.. found.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Id).Distinct().Take(most)];
    }

    /// <summary>Every row whose referral is still moving, for the sweep, with when it was written.</summary>
    public async IAsyncEnumerable<(Guid OfferId, DateTimeOffset? WrittenAt, ListRow Row)> MovingRowsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in Swept)
        {
            await foreach (var entity in PartitionAsync(partition, cancellation))
                yield return (ListRow.OfferIdOf(entity), entity.Timestamp, ListRow.Read(tables.Referrals, entity));
        }
    }

    // The same in every state.
    private static string RowKeyOf(Referral referral, Guid offerId) => ListRow.KeyOf(ListRow.Sort(referral.MadeAt), offerId);

    // A row that can't be read is shown with what can be read, so that it does not hide the others.
    private ReferralView Read(TableEntity entity)
    {
        var id = ListRow.OfferIdOf(entity);
        var team = entity.Value<string>("Team");
        var isSound = DamagedRow.TryRead(
            entity, row => sealer.OpenListed(id, CaseReferenceColumn, row.GetString(CaseReferenceColumn)), out var reference);
        return new ReferralView
        {
            ReferralId = id,
            Reference = Household.ReferenceOf(id),
            Team = team ?? "",
            State = entity.Value<string>("State") ?? entity.PartitionKey,
            Version = entity.Value<int?>("Version") ?? 1,
            AcceptedWhen = entity.Value<string>("AcceptedWhen"),
            MadeAt = entity.Value<DateTimeOffset?>("MadeAt"),
            SentAt = entity.Value<DateTimeOffset?>("SentAt"),
            AnswerDueAt = entity.Value<DateTimeOffset?>("AnswerDueAt"),
            AnswerLateSince = entity.Value<DateTimeOffset?>("AnswerLateSince"),
            AnsweredAt = entity.Value<DateTimeOffset?>("AnsweredAt"),
            Reason = entity.Value<string>("Reason"),
            CaseReference = string.IsNullOrEmpty(reference) ? null : reference,
            UntoldSince = entity.Value<DateTimeOffset?>("UntoldSince"),
            Damaged = !isSound || team is null,
        };
    }

    private Azure.AsyncPageable<TableEntity> PartitionAsync(string partition, CancellationToken cancellation) =>
        tables.Referrals.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellation);
}

/// <summary>One referral as the list answers it.</summary>
public sealed record ReferralView
{
    /// <summary>The referral's id, which is the offer's.</summary>
    public required Guid ReferralId { get; init; }

    /// <summary>The short reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The team that made the offer.</summary>
    public required string Team { get; init; }

    /// <summary>The referral's state.</summary>
    public required string State { get; init; }

    /// <summary>1 when made, one more with each amendment.</summary>
    public required int Version { get; init; }

    /// <summary>At which point support was accepted.</summary>
    public string? AcceptedWhen { get; init; }

    /// <summary>When the referral was made, UTC.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When VCAS's answer is due, UTC.</summary>
    public DateTimeOffset? AnswerDueAt { get; init; }

    /// <summary>Since when the answer is late, UTC; absent while it isn't, and once VCAS has answered.</summary>
    public DateTimeOffset? AnswerLateSince { get; init; }

    /// <summary>When VCAS answered, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Why it was rejected, closed or withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>VCAS's own reference.</summary>
    public string? CaseReference { get; init; }

    /// <summary>Since when the supervisor could not be told in Teams of what happened to it, UTC; absent while he can be.</summary>
    public DateTimeOffset? UntoldSince { get; init; }

    /// <summary>
    /// True if this line of the list can't be read whole: open the household. The line is made again within the hour.
    /// </summary>
    public bool Damaged { get; init; }
}
