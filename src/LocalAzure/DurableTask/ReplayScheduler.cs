namespace LocalAzure.DurableTask;

/// <summary>
/// Runs an orchestrator's continuations on the thread that applies the history, in the order in which they become ready, and
/// on no other: that is what makes two runs of the same history the same.
/// </summary>
internal sealed class ReplayScheduler(Action onForeignThread) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();
    private int thread = -1;

    /// <summary>Whether the caller is inside a step of this orchestration.</summary>
    public bool IsCurrent => thread == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="step"/> as a step of the orchestration, with everything that becomes ready by it.</summary>
    public void Run(Action step)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        thread = Environment.CurrentManagedThreadId;
        try
        {
            step();
            Drain();
        }
        finally
        {
            thread = -1;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Runs what has become ready; for use within a step.</summary>
    public void Drain()
    {
        while (ready.TryDequeue(out var next)) next.Callback(next.State);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent) ready.Enqueue((d, state));
        // Something that the history knows nothing of was awaited; going on from here could never be repeated.
        else onForeignThread();
    }

    public override void Send(SendOrPostCallback d, object? state) => Post(d, state);

    public override SynchronizationContext CreateCopy() => this;
}
