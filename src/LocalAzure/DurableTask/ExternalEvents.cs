using Microsoft.DurableTask;

namespace LocalAzure.DurableTask;

/// <summary>
/// Who waits for which event, and which events nobody has waited for yet. As in the genuine worker (1.25.0) the waiters of a
/// name are a stack: the last one is served first; and a wait that was cancelled stays in its place, so that it can
/// swallow an event if no later wait stands above it.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, Stack<IWaiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string?>> early = new(StringComparer.OrdinalIgnoreCase);

    private interface IWaiter
    {
        Type EventType { get; }

        void Complete(string? payload, DataConverter converter);
    }

    /// <summary>Whether anything could still be waited for.</summary>
    public bool AnyWaiter => waiters.Count > 0;

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        var waiter = new Waiter<T>();
        if (!waiters.TryGetValue(name, out var stack)) waiters[name] = stack = new Stack<IWaiter>();
        else if (stack.Peek().EventType != typeof(T))
        {
            throw new ArgumentException(
                $"Waits for one event name must agree on its type: '{name}' is waited for as {stack.Peek().EventType} already, not {typeof(T)}.");
        }

        stack.Push(waiter);
        if (early.TryGetValue(name, out var payloads))
        {
            var payload = payloads.Dequeue();
            if (payloads.Count == 0) early.Remove(name);
            TryComplete(name, payload);
        }

        if (cancellation.CanBeCanceled) cancellation.Register(() => waiter.TrySetCanceled(cancellation));
        return waiter.Task;
    }

    public void Raise(string name, string? payload)
    {
        if (TryComplete(name, payload)) return;
        if (!early.TryGetValue(name, out var payloads)) early[name] = payloads = new Queue<string?>();
        payloads.Enqueue(payload);
    }

    /// <summary>Takes out what nobody has waited for, for the next execution.</summary>
    public IEnumerable<(string Name, string? Payload)> TakeEarly()
    {
        var all = early.SelectMany(pair => pair.Value.Select(payload => (pair.Key, payload))).ToList();
        early.Clear();
        return all;
    }

    private bool TryComplete(string name, string? payload)
    {
        if (!waiters.TryGetValue(name, out var stack)) return false;
        // Off the stack before the orchestrator goes on, for it may wait for the same name at once.
        var waiter = stack.Pop();
        if (stack.Count == 0) waiters.Remove(name);
        waiter.Complete(payload, converter);
        return true;
    }

    private sealed class Waiter<T> : TaskCompletionSource<T>, IWaiter
    {
        public Type EventType => typeof(T);

        public void Complete(string? payload, DataConverter converter)
        {
            T? value;
            try
            {
                value = converter.Deserialize<T>(payload);
            }
            catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or NotSupportedException)
            {
                // Whoever waits hears of it; the episode itself is sound.
                TrySetException(unreadable);
                return;
            }

            TrySetResult(value!);
        }
    }
}
