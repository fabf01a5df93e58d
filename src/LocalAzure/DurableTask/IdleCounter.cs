namespace LocalAzure.DurableTask;

/// <summary>Counts work in progress, and tells those who wait when there is none.</summary>
internal sealed class IdleCounter
{
    private readonly Lock gate = new();
    private TaskCompletionSource? idle;
    private int inHand;

    public bool IsIdle => Volatile.Read(ref inHand) == 0;

    public void Begin() => Interlocked.Increment(ref inHand);

    public void End()
    {
        if (Interlocked.Decrement(ref inHand) != 0) return;
        lock (gate)
        {
            if (!IsIdle) return;
            idle?.TrySetResult();
            idle = null;
        }
    }

    public Task WhenIdleAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (IsIdle) return Task.CompletedTask;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task.WaitAsync(cancellation);
        }
    }
}
