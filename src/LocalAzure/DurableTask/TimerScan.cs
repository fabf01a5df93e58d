using LocalAzure.DurableTask.Tables;
using LocalAzure.Storage;

namespace LocalAzure.DurableTask;

/// <summary>
/// Hands out the timers that are due, the earliest first, and sets the alarm for the next one. No more are handed out than can be worked
/// off: if all that is due on a morning were begun at once, thousands of orchestrations would wait for their first activity, too many to
/// be kept alive, and each would be replayed upon its result.
/// </summary>
internal sealed class TimerScan(EngineCore core, Dispatcher dispatcher, ActivityRunner activities)
{
    private static readonly TimeSpan PauseWhenStuck = TimeSpan.FromMinutes(1);

    // Enough to keep every thread and the writer busy while the next are fetched.
    private readonly int batch = Math.Max(2, 2 * core.Options.MaxConcurrentActivities);
    private readonly Lock gate = new();
    private bool running;
    private bool again;

    /// <summary>Looks for due timers, now or, if that is being done, once more afterwards.</summary>
    public void Ring()
    {
        lock (gate)
        {
            again = true;
            if (running || core.Stopping.IsCancellationRequested) return;
            running = true;
            core.Idle.Begin();
        }

        ThreadPool.UnsafeQueueUserWorkItem(static scan => _ = scan.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            lock (gate)
            {
                if (!again || core.Stopping.IsCancellationRequested)
                {
                    running = false;
                    core.Idle.End();
                    return;
                }

                again = false;
            }

            try
            {
                await HandOutAsync();
            }
            catch (Exception failure) when (failure is StorageException or ObjectDisposedException)
            {
                // The store is closed: the timers stay where they are and are found when it is opened again.
            }
        }
    }

    private async Task HandOutAsync()
    {
        (long Execution, History.DueTimer Timer)? last = null;
        while (!core.Stopping.IsCancellationRequested && !core.Store.IsClosed)
        {
            var now = core.Time.GetUtcNow();
            var due = core.Store.Read(connection => Reads.DueTimers(connection, now, last, batch));
            if (due.Count == 0)
            {
                // An execution that can't take its timer must neither keep this loop spinning nor be forgotten, nor hold up others.
                if (core.Store.Read(Reads.NextDue) <= now) core.Alarm!.RingBy(now + PauseWhenStuck);
                if (core.Store.Read(connection => Reads.NextDueAfter(connection, now)) is { } next) core.Alarm!.RingBy(next);
                return;
            }

            last = due[^1];
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var count = due.Count;
            foreach (var (execution, timer) in due)
            {
                dispatcher.Deliver(execution, new Mail(History.Happened.TimerFired(timer.Id, timer.FireAt), () =>
                {
                    if (Interlocked.Decrement(ref count) == 0) left.TrySetResult();
                }));
            }

            await left.Task;
            await activities.WhenFewWaitAsync();
        }
    }
}
