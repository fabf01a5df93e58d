using Google.Protobuf;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.History;

/// <summary>Histories as JSON to be kept beside the code: the request that a worker would be given, in protobuf's own JSON.</summary>
internal static class HistoryJson
{
    private static readonly JsonFormatter Readable = new(JsonFormatter.Settings.Default.WithIndentation());

    public static string Write(string instanceId, IEnumerable<P.HistoryEvent> history)
    {
        var kept = new P.OrchestratorRequest { InstanceId = instanceId };
        foreach (var item in history.Select(item => item.Clone()))
        {
            // Where in the code something failed differs from build to build.
            WithoutStackTrace(item.TaskFailed?.FailureDetails);
            WithoutStackTrace(item.SubOrchestrationInstanceFailed?.FailureDetails);
            WithoutStackTrace(item.ExecutionCompleted?.FailureDetails);
            kept.PastEvents.Add(item);
        }

        return Readable.Format(kept).ReplaceLineEndings("\n") + "\n";
    }

    /// <exception cref="FormatException">It is no history.</exception>
    public static P.OrchestratorRequest Read(string json)
    {
        try
        {
            var kept = JsonParser.Default.Parse<P.OrchestratorRequest>(json);
            return kept.PastEvents.Any(item => item.ExecutionStarted is not null)
                ? kept
                : throw new FormatException("The history has no start.");
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException)
        {
            throw new FormatException($"This is no exported history: {failure.Message}", failure);
        }
    }

    private static void WithoutStackTrace(P.TaskFailureDetails? failure)
    {
        for (; failure is not null; failure = failure.InnerFailure) failure.StackTrace = null;
    }
}
