using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Shared;

/// <summary>One request to the table service. The service bills it as one transaction, however many rows it holds.</summary>
/// <param name="Function">The function that made it; empty outside of any.</param>
/// <param name="Kind">What it does: <c>insert</c>, <c>replace</c>, <c>merge</c>, <c>delete</c>, <c>read</c>, <c>query</c>, <c>scan</c>,
/// <c>batch</c>, <c>create table</c>.</param>
/// <param name="Table">The table.</param>
/// <param name="Rows">The rows that it names, by partition and row key; a query names none.</param>
public sealed record TableRequest(string Function, string Kind, string Table, IReadOnlyList<(string Partition, string Row)> Rows)
{
    /// <summary>Whether it changes anything.</summary>
    public bool Writes => Kind is not ("read" or "query" or "scan" or "create table");
}

/// <summary>
/// Stands in the pipeline of a genuine client of tables: keeps what goes over the wire, and refuses what the service refuses and
/// its emulator takes: a transaction across partitions.
/// </summary>
/// <param name="keeps">Whether anybody will ask what has gone over the wire.</param>
public sealed partial class TableTraffic(bool keeps = true) : HttpPipelineSynchronousPolicy
{
    private static readonly AsyncLocal<string?> Current = new();
    private readonly ConcurrentQueue<TableRequest> seen = new();

    /// <summary>Names the function on whose behalf everything from here on is done.</summary>
    public static string Function
    {
        get => Current.Value ?? "";
        set => Current.Value = value;
    }

    /// <summary>What has gone over the wire since the last call.</summary>
    public IReadOnlyList<TableRequest> Take()
    {
        var taken = new List<TableRequest>();
        while (seen.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var address = request.Uri.ToUri();
        if (!keeps && Uri.UnescapeDataString(address.Segments[^1]) != "$batch") return;
        var read = Read(request.Method.Method, address, TextOf(request.Content));
        if (keeps) seen.Enqueue(read);
        if (read.Rows.Select(row => row.Partition).Distinct().Count() > 1)
            throw new InvalidOperationException(
                $"A transaction across partitions, which the service refuses: {string.Join(", ", read.Rows)}.");
    }

    private static TableRequest Read(string method, Uri address, string body)
    {
        var function = Function;
        var target = Uri.UnescapeDataString(address.Segments[^1]);
        if (target == "$batch") return ReadBatch(function, body);
        if (target is "Tables" or "Tables()") return new TableRequest(function, "create table", "Tables", []);
        var (table, rows) = RowOf(target, body);
        var kind = method switch
        {
            "POST" => "insert",
            "PUT" => "replace",
            "DELETE" => "delete",
            "GET" when rows.Count > 0 => "read",
            // A condition on the partition's key is what keeps the service from looking at every row.
            "GET" => Uri.UnescapeDataString(address.Query).Contains("PartitionKey ", StringComparison.Ordinal) ? "query" : "scan",
            _ => "merge",
        };
        return new TableRequest(function, kind, table, rows);
    }

    private static TableRequest ReadBatch(string function, string body)
    {
        var lines = InnerRequest().Matches(body);
        var table = "";
        var rows = new List<(string, string)>();
        foreach (Match line in lines)
        {
            var target = Uri.UnescapeDataString(new Uri(line.Groups["address"].Value).Segments[^1]);
            (table, var row) = RowOf(target, line.Groups["body"].Value);
            rows.AddRange(row);
        }

        return new TableRequest(function, "batch", table, rows);
    }

    private static (string Table, IReadOnlyList<(string Partition, string Row)> Rows) RowOf(string target, string body)
    {
        if (ByKey().Match(target) is { Success: true } keys)
            return (keys.Groups["table"].Value, [(keys.Groups["partition"].Value, keys.Groups["row"].Value)]);
        var table = target.Replace("()", "", StringComparison.Ordinal);
        if (body.Length == 0) return (table, []);
        var entity = JsonDocument.Parse(body).RootElement;
        return (table, [(entity.GetProperty("PartitionKey").GetString()!, entity.GetProperty("RowKey").GetString()!)]);
    }

    private static string TextOf(RequestContent? content)
    {
        if (content is null) return "";
        using var buffer = new MemoryStream();
        content.WriteTo(buffer, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    [GeneratedRegex(@"^(?<table>\w+)\(PartitionKey='(?<partition>.*)',RowKey='(?<row>.*)'\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ByKey();

    [GeneratedRegex(
        @"^(POST|PUT|PATCH|MERGE|DELETE) (?<address>\S+) HTTP/1\.1\r?\n([^\r\n]+\r?\n)*\r?\n(?<body>\{.*\})?",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex InnerRequest();
}
