using System.Collections.Concurrent;

namespace LocalAzure.DurableTask;

/// <summary>Callers that wait for an instance to change; woken by commits, never by a clock.</summary>
internal sealed class InstanceWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    private volatile bool closed;

    /// <summary>Completes at the instance's next change. Ask before looking, so that no change is missed.</summary>
    /// <exception cref="ObjectDisposedException">(On awaiting, or at once.) The engine is gone, and nothing changes any more.</exception>
    public Task NextChange(string instanceId)
    {
        var change = waiting.GetOrAdd(instanceId, static _ =>
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        ObjectDisposedException.ThrowIf(closed, typeof(DurableEngine));
        return change;
    }

    /// <summary>Ends every wait, because the engine stops.</summary>
    public void Close()
    {
        closed = true;
        foreach (var waiter in waiting.Values) waiter.TrySetException(new ObjectDisposedException(nameof(DurableEngine)));
        waiting.Clear();
    }

    public void Changed(string instanceId)
    {
        if (!waiting.IsEmpty && waiting.TryRemove(instanceId, out var waiter)) waiter.TrySetResult();
    }
}
