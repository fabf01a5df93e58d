using LocalAzure.DurableTask.Tables;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>How far an execution has got, as of its last commit: its history, and whether it is suspended.</summary>
internal sealed class Progress(Execution execution, bool isSuspended, List<byte[]> past)
{
    private bool suspended = isSuspended;

    /// <summary>What it was begun with.</summary>
    public Execution Execution { get; set; } = execution;

    /// <summary>Its episodes, as they are kept.</summary>
    public IReadOnlyList<byte[]> Past => past;

    /// <summary>The name by which the runner keeps the orchestration alive, as of the last commit; null: it has to be replayed.</summary>
    public string? AliveAs { get; set; }

    /// <summary>Whether it would be suspended once these have come.</summary>
    public bool IsSuspendedAfter(IEnumerable<P.HistoryEvent> incoming)
    {
        var after = suspended;
        foreach (var item in incoming)
        {
            if (item.ExecutionSuspended is not null) after = true;
            else if (item.ExecutionResumed is not null) after = false;
        }

        return after;
    }

    /// <summary>Goes on by an episode that is committed.</summary>
    public void Add(EpisodeCommit commit)
    {
        past.Add(commit.Encoded);
        suspended = commit.IsSuspended;
    }
}
