using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// Dangers that nobody has acknowledged, of which nobody has said what was done, or after which nobody has asked how they are, oldest
/// first. They are beside the call-backs, in a partition that no call-back team can have, so that the sweep finds them as well: also of a
/// household that nobody calls any more.
/// </summary>
public sealed class DangerList(VcasTables tables, Sealer sealer)
{
    private const string Partition = "!danger";
    private const string RisksColumn = "Risks";

    // Sealed with the risks, as one more word: it tells as much of the people as they do.
    private static readonly string DirectVictim = Word.Of(DetailField.ChildMayBeDirectVictim);

    /// <summary>The row of a household in danger; null once somebody has seen to it.</summary>
    public ListRow? RowOf(Household household)
    {
        if (household is not { Erasure: null, Danger: { NeedsSomebody: true } danger }) return null;
        var welfare = danger.Welfare is { IsOpen: true } planned ? planned : null;
        return new ListRow(
            tables.CallBacks,
            Partition,
            ListRow.KeyOf(ListRow.Sort(danger.Since), household.Id),
            (partition, key) => new TableEntity(partition, key)
            {
                ["OfferId"] = household.Id,
                ["Team"] = household.Details.Team,
                ["CallBackTeam"] = household.Assignee.Team,
                ["Person"] = household.Assignee.Person,
                ["Since"] = danger.Since,
                ["EscalatedAt"] = danger.EscalatedAt,
                ["AcknowledgedAt"] = danger.AcknowledgedAt,
                ["MeasureDueAt"] = danger.MeasureDueAt,
                ["WelfareFrom"] = welfare?.From,
                ["WelfareBy"] = welfare?.By,
                [RisksColumn] = sealer.SealListed(household.Id, RisksColumn, WordList.Write(WordsOf(household.Details))),
                ["UntoldSince"] = household.UntoldSince,
                ["Revision"] = household.Revision,
            });
    }

    /// <summary>All of them, oldest first.</summary>
    public async Task<IReadOnlyList<DangerRow>> ReadAsync(CancellationToken cancellation)
    {
        var rows = new List<DangerRow>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var entity in tables.CallBacks.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            rows.Add(Read(entity));
        return rows;
    }

    private static IEnumerable<string> WordsOf(OfferDetails details) =>
    [
        .. details.Risks.Where(risk => risk.IsDanger()).Select(Word.Of),
        .. details.ChildMayBeDirectVictim ? [DirectVictim] : Array.Empty<string>(),
    ];

    // A row that can't be read still means a danger, so it is shown with what can be read.
    private DangerRow Read(TableEntity entity)
    {
        var offerId = ListRow.OfferIdOf(entity);
        var (team, since) = (entity.Value<string>("Team"), entity.Value<DateTimeOffset?>("Since"));
        var isSound = DamagedRow.TryRead(
            entity,
            row => WordList.Read(sealer.OpenListed(offerId, RisksColumn, row.GetString(RisksColumn))),
            out var risks);
        return new DangerRow(
            team,
            entity.Value<string>("CallBackTeam"),
            entity.Value<string>("Person"),
            new DangerView
            {
                OfferId = offerId,
                Reference = Household.ReferenceOf(offerId),
                Team = team ?? "",
                Since = since ?? DateTimeOffset.UnixEpoch,
                EscalatedAt = entity.Value<DateTimeOffset?>("EscalatedAt"),
                AcknowledgedAt = entity.Value<DateTimeOffset?>("AcknowledgedAt"),
                MeasureDueAt = entity.Value<DateTimeOffset?>("MeasureDueAt"),
                WelfareFrom = entity.Value<DateTimeOffset?>("WelfareFrom"),
                WelfareBy = entity.Value<DateTimeOffset?>("WelfareBy"),
                UntoldSince = entity.Value<DateTimeOffset?>("UntoldSince"),
                Risks = [.. (risks ?? []).Where(word => word != DirectVictim)],
                ChildMayBeDirectVictim = risks?.Contains(DirectVictim) ?? false,
                Damaged = !isSound || team is null || since is null,
            });
    }
}

/// <summary>One row as it was read, with whose it is; without a team where the row can't tell.</summary>
public sealed record DangerRow(string? Team, string? CallBackTeam, string? Person, DangerView View);
