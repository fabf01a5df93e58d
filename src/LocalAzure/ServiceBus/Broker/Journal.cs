using LocalAzure.Storage;

namespace LocalAzure.ServiceBus;

/// <summary>
/// The order of everything that the broker writes. Whatever is handed in while one commit is under way goes into the next as
/// one write, so a flood of small messages costs few commits, and each is answered only after the commit that carries it.
/// </summary>
internal sealed class Journal(LocalStore store, Action<Exception>? unanswered = null)
{
    private readonly Lock gate = new();
    private List<Step> waiting = [];
    private bool running;
    private int outstanding;

    /// <summary>Whether every step handed in has been written and answered.</summary>
    public bool IsEmpty => Volatile.Read(ref outstanding) == 0;

    /// <summary>
    /// Hands in a step. <paramref name="write"/> runs on the writer's thread, in the order of the calls;
    /// <paramref name="done"/> runs after the commit, in the same order and never at the same time as another, and is told
    /// what went wrong, if anything did. An answer that can't be given, because the link has gone, is nobody else's trouble.
    /// </summary>
    public void Append(Action<Connection>? write, Action<Exception?> done)
    {
        Interlocked.Increment(ref outstanding);
        lock (gate)
        {
            waiting.Add(new Step(write, done));
            if (running) return;
            running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static journal => _ = journal.RunAsync(), this, preferLocal: false);
    }

    /// <summary>As <see cref="Append"/>, for a caller that awaits.</summary>
    public Task AppendAsync(Action<Connection> write)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Append(write, failure =>
        {
            if (failure is null) completion.SetResult();
            else completion.SetException(failure);
        });
        return completion.Task;
    }

    private async Task RunAsync()
    {
        (List<Step> Steps, Exception? Failure) committed = ([], null);
        while (true)
        {
            List<Step> steps;
            lock (gate)
            {
                steps = waiting;
                if (steps.Count == 0 && committed.Steps.Count == 0)
                {
                    running = false;
                    return;
                }

                waiting = [];
            }

            // The answers of one commit are given while the next is on its way to the disk.
            var commit = steps.Count == 0 ? Task.CompletedTask : CommitAsync(steps);
            Answer(committed.Steps, committed.Failure);
            committed = ([], null);
            Exception? failure = null;
            try
            {
                await commit;
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            committed = (steps, failure);
        }
    }

    private Task CommitAsync(List<Step> steps)
    {
        return steps.TrueForAll(static step => step.Write is null)
            ? Task.CompletedTask
            : store.WriteAsync(connection =>
            {
                foreach (var step in steps) step.Write?.Invoke(connection);
            });
    }

    private void Answer(List<Step> steps, Exception? failure)
    {
        foreach (var step in steps)
        {
            try
            {
                step.Done(failure);
            }
            catch (Exception thrown)
            {
                // Whoever was to be answered has gone. What was written stays written, and the others still wait for their answers.
                unanswered?.Invoke(thrown);
            }
            finally
            {
                Interlocked.Decrement(ref outstanding);
            }
        }
    }

    private readonly record struct Step(Action<Connection>? Write, Action<Exception?> Done);
}
