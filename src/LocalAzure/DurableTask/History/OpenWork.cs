using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.History;

/// <summary>What a history began and did not end.</summary>
internal static class OpenWork
{
    /// <summary>
    /// The timers that are set and have not fired. Microsoft's worker doesn't report those that it cancelled, so they are among them.
    /// </summary>
    public static IEnumerable<DueTimer> Timers(IEnumerable<P.HistoryEvent> history)
    {
        var open = new Dictionary<int, DueTimer>();
        foreach (var item in history)
        {
            if (item.TimerCreated is { } set) open[item.EventId] = new DueTimer(item.EventId, set.FireAt.ToDateTime());
            else if (item.TimerFired is { } fired) open.Remove(fired.TimerId);
        }

        return open.Values;
    }

    /// <summary>The sub-orchestrations that are called and have not answered.</summary>
    public static IEnumerable<string> Children(IEnumerable<P.HistoryEvent> history)
    {
        var open = new Dictionary<int, string>();
        foreach (var item in history)
        {
            if (item.SubOrchestrationInstanceCreated is { } called) open[item.EventId] = called.InstanceId;
            else if (item.SubOrchestrationInstanceCompleted is { } done) open.Remove(done.TaskScheduledId);
            else if (item.SubOrchestrationInstanceFailed is { } failed) open.Remove(failed.TaskScheduledId);
        }

        return open.Values;
    }
}

/// <summary>A timer's row.</summary>
internal readonly record struct DueTimer(int Id, DateTime FireAt)
{
    public static DueTimer Of(P.TimerFiredEvent fired) => new(fired.TimerId, fired.FireAt.ToDateTime());
}
