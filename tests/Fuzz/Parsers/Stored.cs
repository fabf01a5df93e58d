using System.Text;
using Azure;
using CsCheck;
using Google.Protobuf;
using LocalAzure.DurableTask.History;
using LocalAzure.Tables.Filters;
using P = Microsoft.DurableTask.Protobuf;

namespace Fuzz.Parsers;

/// <summary>What asks the stand-in's tables, and what its engine reads back: a damaged row is one exception and no more.</summary>
internal static class Stored
{
    private static readonly P.TaskFailureDetails Failure = Failures.Of(new InvalidOperationException("m", new TimeoutException("inner")));

    private static readonly Episode Example = new Episode(
        new DateTime(2024, 3, 11, 10, 0, 0, DateTimeKind.Utc),
        [
            Happened.Started(), Happened.Raised("Change-1", "{}"), Happened.TaskDone(0, "1"), Happened.TaskFailed(1, Failure),
            Happened.TimerFired(2, new DateTime(2024, 3, 12, 0, 0, 0, DateTimeKind.Utc)),
        ])
        .With([new P.OrchestratorAction
        {
            Id = 3,
            ScheduleTask = new P.ScheduleTaskAction { Name = "ReadPlan", Version = "1.0", Input = "[{}]" },
        }]);

    private static readonly string Exported =
        """
        {"instanceId":"i","pastEvents":[{"eventId":-1,"timestamp":"2024-03-11T10:00:00Z","orchestratorStarted":{}},
         {"eventId":-1,"executionStarted":{"name":"N","input":"{}"}},{"taskScheduled":{"name":"A","input":"[1]"}},
         {"eventId":-1,"orchestratorCompleted":{}}]}
        """;

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("odata-filter", Mutations.Texts(
            [
                "PartitionKey eq 'a' and RowKey ge 'b'",
                "(N lt 5 or not (L ge 5000000000L)) and B",
                "T gt datetime'2024-03-11T10:00:00Z' or G eq guid'11111111-1111-1111-1111-111111111111'",
                "X eq X'0aff' and D le -1.5e3",
                "'it''s' ne S",
            ],
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
        Parser.Of(
            "history-blob",
            Mutations.Bytes(
                [Example.Encode(), Happened.TaskFailed(1, Failure).ToByteArray(), Failure.ToByteArray()],
                [1],
                [8, 1, 1, 1, 1],
                [0xff, 0xff, 0xff, 0xff, 0x0f],
                [6]),
            bytes =>
            {
                Damaged(() => Episode.Decode([bytes]));
                Damaged(() => P.HistoryEvent.Parser.ParseFrom(bytes));
                Damaged(() => Failures.Decode(bytes));
            }),
        Parser.Of(
            "history-json",
            Mutations.Texts(
                [Exported], "{", "}", "[", "]", "\"eventId\":", "\"instanceId\":\"i\",", "null", ",", "{\"executionStarted\":{}}"),
            text => Damaged(() => HistoryJson.Read(text))),
    ];

    private static void Damaged(Action action)
    {
        try
        {
            action();
        }
        catch (Exception damaged) when (damaged is FormatException or InvalidProtocolBufferException)
        {
            // What it says of a history that it can't read.
        }
    }
}
