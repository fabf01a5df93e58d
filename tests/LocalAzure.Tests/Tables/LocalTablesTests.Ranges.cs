using System.Text;
using Azure.Data.Tables;

namespace LocalAzure.Tests.Tables;

/// <summary>What a filter spares: rows outside its bounds are never read.</summary>
public sealed partial class LocalTablesTests
{
    [Theory]
    [InlineData("PartitionKey eq 'b' and RowKey gt '1'", "a/x b/1 c/x")]
    [InlineData("PartitionKey ge 'b' and PartitionKey lt 'c'", "a/x c/x m/x")]
    [InlineData("(PartitionKey eq 'a' and RowKey eq '1') or (PartitionKey eq 'z' and RowKey eq '9')", "a/x b/x m/x z/1")]
    public async Task A_filter_that_bounds_the_keys_reads_no_other_rows(string filter, string unreadable)
    {
        // Rows outside the bounds are made unreadable: a query that touched one would throw.
        await table.AddEntityAsync(new TableEntity("b", "0") { ["N"] = 1 }, Token);
        await tables.Store.WriteAsync(connection =>
        {
            foreach (var key in unreadable.Split(' ').Select(key => key.Split('/')))
            {
                connection.Prepare("INSERT INTO entity(tbl, pk, rk, ts, body) SELECT id, ?, ?, 1, ? FROM table_name")
                    .Bind(1, key[0]).Bind(2, key[1]).Bind(3, Encoding.ASCII.GetBytes("\u0001N?not a body")).Run();
            }
        });
        var all = await Record.ExceptionAsync(
            async () => await table.QueryAsync<TableEntity>("N eq 1", cancellationToken: Token).ToListAsync(Token));
        Assert.IsType<InvalidDataException>(all);

        // The body is asked about first: were it last, a row outside the bounds would be dismissed unread.
        await table.QueryAsync<TableEntity>($"N eq 1 and ({filter})", cancellationToken: Token).ToListAsync(Token);
    }

    [Fact]
    public void A_stored_range_is_searched_by_the_index_of_keys_and_needs_no_sorting()
    {
        var plan = tables.Store.Read(connection =>
        {
            using var explain = connection.Prepare(
                "EXPLAIN QUERY PLAN SELECT pk, rk, ts, body FROM entity WHERE tbl = ?1 AND (pk, rk) >= (?2, ?3) AND (pk, rk) < (?4, ?5) "
                + "ORDER BY pk, rk");
            var lines = new List<string>();
            while (explain.Step()) lines.Add(explain.GetString(3));
            return lines;
        });
        Assert.Equal(["SEARCH entity USING INDEX sqlite_autoindex_entity_1 (tbl=? AND (pk,rk)>(?,?) AND (pk,rk)<(?,?))"], plan);
    }
}
