using System.Text;
using LocalAzure.Storage;
using LocalAzure.Tables.Entities;
using LocalAzure.Tables.Filters;

namespace LocalAzure.Tables;

/// <summary>A query, understood once and run page by page.</summary>
internal sealed class TableQuery(string tableName, string? filter, IEnumerable<string>? select)
{
    private const string Columns = "SELECT pk, rk, ts, body FROM entity WHERE tbl = ?1 AND ";
    private const string Order = " ORDER BY pk, rk";

    private readonly FilterNode condition = FilterParser.Parse(filter);
    private readonly Selection selection = Selection.Of(select);
    private List<KeySpan>? spans;

    /// <summary>
    /// At most <paramref name="top"/> entities from the place that the token names, and the token of the next page (null after the last).
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">404 TableNotFound; 400 for a page size or a token that can't be.</exception>
    public (List<T> Entities, string? Next) ReadPage<T>(TableEngine engine, string? continuation, int top)
        where T : class, Azure.Data.Tables.ITableEntity
    {
        if (top is < 1 or > TableLimits.PageSize) throw TableFault.BadPageSize.ToException();
        var start = continuation is null ? (TableEdge?)null : ParseToken(continuation);
        var mapper = EntityMapper.For<T>();
        spans ??= KeySpans.Of(condition);
        return engine.Store.Read(connection =>
        {
            var table = engine.FindTable(connection, tableName);
            if (table == 0) throw TableFault.TableNotFound.ToException();
            var entities = new List<T>();
            foreach (var span in spans)
            {
                var rest = start is { } edge && edge.Against(span.From) > 0 ? span with { From = edge } : span;
                if (rest.From.Against(rest.To) >= 0) continue;
                using var rows = Search(connection, table, rest);
                while (rows.Step())
                {
                    var row = new FilterRow(rows.GetBytes(0), rows.GetBytes(1), rows.GetInt64(2), rows.GetBytes(3));
                    if (!condition.Matches(row)) continue;
                    var (partitionKey, rowKey) = (rows.GetString(0), rows.GetString(1));
                    if (entities.Count == top) return (entities, ToToken(partitionKey, rowKey));
                    entities.Add(mapper.Read(partitionKey, rowKey, rows.GetInt64(2), rows.GetBytes(3), selection));
                }
            }

            return (entities, (string?)null);
        });
    }

    private static Statement Search(Connection connection, long table, KeySpan span)
    {
        var statement = connection.Prepare((span.From.After, span.To.After) switch
        {
            (false, false) => Columns + "(pk, rk) >= (?2, ?3) AND (pk, rk) < (?4, ?5)" + Order,
            (false, true) => Columns + "(pk, rk) >= (?2, ?3) AND (pk, rk) <= (?4, ?5)" + Order,
            (true, false) => Columns + "(pk, rk) > (?2, ?3) AND (pk, rk) < (?4, ?5)" + Order,
            (true, true) => Columns + "(pk, rk) > (?2, ?3) AND (pk, rk) <= (?4, ?5)" + Order,
        });
        statement.Bind(1, table);
        BindKey(statement, 2, span.From.PartitionKey);
        BindKey(statement, 3, span.From.RowKey);
        BindKey(statement, 4, span.To.PartitionKey);
        BindKey(statement, 5, span.To.RowKey);
        return statement;
    }

    private static void BindKey(Statement statement, int index, string? key)
    {
        // To SQLite every blob is greater than every text: an empty one stands for "beyond every key".
        if (key is null) statement.Bind(index, ReadOnlySpan<byte>.Empty);
        else statement.Bind(index, key);
    }

    // Keys are encoded so that any key may be in a token and the blank between them is always the only one.
    private static string ToToken(string partitionKey, string rowKey) =>
        $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(partitionKey))} {Convert.ToBase64String(Encoding.UTF8.GetBytes(rowKey))}";

    private static TableEdge ParseToken(string token)
    {
        var blank = token.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0) throw TableFault.BadContinuation.ToException();
        return new TableEdge(Decode(token[..blank]), Decode(token[(blank + 1)..]), After: false);
    }

    private static string Decode(string part)
    {
        var bytes = new byte[part.Length];
        return Convert.TryFromBase64String(part, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw TableFault.BadContinuation.ToException();
    }
}
