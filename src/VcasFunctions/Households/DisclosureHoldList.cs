using Azure.Data.Tables;
using Vcas.Domain.Households;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// Households under a disclosure hold, so that the sweep finds a review that nobody was told of, also of a household that nobody calls any
/// more, and the night can count them. No page lists them. They are in a partition that no call-back team can have.
/// </summary>
public sealed class DisclosureHoldList(VcasTables tables)
{
    private const string Partition = "!disclosure";

    /// <summary>The row of a household under such a hold; null where there is none.</summary>
    public ListRow? RowOf(Household household) => household is not { Erasure: null, DisclosureHold: { } hold } ? null : new ListRow(
        tables.CallBacks,
        Partition,
        ListRow.KeyOf(ListRow.Sort(hold.Since), household.Id),
        (partition, key) => new TableEntity(partition, key)
        {
            ["OfferId"] = household.Id,
            ["ReviewAt"] = hold.ReviewAt,
            ["Revision"] = household.Revision,
        });

    /// <summary>How many there are, and how many of their reviews have passed.</summary>
    public async Task<(int Held, int Overdue)> CountAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var (held, overdue) = (0, 0);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in tables.CallBacks.QueryAsync<TableEntity>(filter, select: ["ReviewAt"], cancellationToken: cancellation))
        {
            held++;
            if (row.GetDateTimeOffset("ReviewAt") <= now) overdue++;
        }

        return (held, overdue);
    }
}
