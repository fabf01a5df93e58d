using System.Text;
using Azure;
using CsCheck;
using LocalAzure.DurableTask.History;
using LocalAzure.Tables.Filters;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Fuzz.Parsers;

/// <summary>What asks the stand-in's tables, and what its engine reads back: a damaged row is a FormatException and no more.</summary>
internal static class Stored
{
    private static readonly TaskFailureDetails Failure = new("System.Exception", "m", "at", new TaskFailureDetails("System.Exception", "inner", null, null, null), null);

    private static readonly Episode Example = new(
        new DateTime(2024, 3, 11, 10, 0, 0, DateTimeKind.Utc),
        [new ExecutionStarted(), new EventRaised("Change-1", "{}"), new TaskCompleted(0, "1"), new TaskFailed(1, Failure), new TimerFired(2, new DateTime(2024, 3, 12, 0, 0, 0, DateTimeKind.Utc))],
        [new TaskScheduled(0, "ReadPlan", "1.0", "{}"), new TimerCreated(1, new DateTime(2024, 3, 12, 0, 0, 0, DateTimeKind.Utc)), new ExecutionCompleted(2, OrchestrationRuntimeStatus.Failed, null, Failure)]);

    private static readonly string Exported =
        """{"format":1,"name":"N","instanceId":"i","version":"1.0","input":"{}","parent":{"name":"P","instanceId":"p"},"events":[{"type":"OrchestratorStarted","timestamp":"2024-03-11T10:00:00Z"},{"type":"ExecutionStarted"},{"type":"TaskScheduled","id":0,"name":"A","input":"1"},{"type":"OrchestratorCompleted"}]}""";

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("odata-filter", Mutations.Texts(
            ["PartitionKey eq 'a' and RowKey ge 'b'", "(N lt 5 or not (L ge 5000000000L)) and B", "T gt datetime'2024-03-11T10:00:00Z' or G eq guid'11111111-1111-1111-1111-111111111111'", "X eq X'0aff' and D le -1.5e3", "'it''s' ne S"],
            " and ", " or ", "not ", "(", ")", "'", "eq", " eq 1", "datetime'", "L", "-INF", "NaN", "PartitionKey", "\t"), text =>
        {
            try
            {
                var filter = FilterParser.Parse(text);
                KeySpans.Of(filter);
                filter.Matches(new FilterRow("a"u8, "b"u8, Given.Monday.UtcTicks, []));
            }
            catch (RequestFailedException refused) when (refused.Status == 400)
            {
                // As the service.
            }
        }),
        Parser.Of("history-blob", Mutations.Bytes([HistoryCodec.Encode(Example), HistoryCodec.Encode(new TaskFailed(1, Failure)), HistoryCodec.Encode(Failure)], [1], [8, 1, 1, 1, 1], [0xff, 0xff, 0xff, 0xff, 0x0f], [6]), bytes =>
        {
            Damaged(() => HistoryCodec.DecodeEpisode(bytes));
            Damaged(() => HistoryCodec.DecodeEvent(bytes));
            Damaged(() => HistoryCodec.DecodeFailure(bytes));
        }),
        Parser.Of("history-json", Mutations.Texts([Exported], "{", "}", "[", "]", "\"type\":", "\"format\":1,", "null", ",", "{\"type\":\"ExecutionStarted\"}"), text => Damaged(() => HistoryJson.Read(text))),
    ];

    private static void Damaged(Action action)
    {
        try
        {
            action();
        }
        catch (FormatException)
        {
            // What it says of a history that it can't read.
        }
    }
}
