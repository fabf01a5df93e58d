using System.Diagnostics.CodeAnalysis;

namespace LocalAzure.Storage;

/// <summary>
/// What waits for the writer, in the order of the calls. The writer's thread sleeps where nothing waits: the framework's own blocking
/// collection first turns in a circle, and that was a quarter of all the work of a process with several idle stores.
/// </summary>
internal sealed class WriteQueue<T>
    where T : class
{
    private readonly Queue<T> waiting = new();
    private bool isClosed;
    private bool sleeps;

    /// <summary>Adds at the end; false once the queue is closed.</summary>
    public bool TryAdd(T item)
    {
        lock (waiting)
        {
            if (isClosed) return false;
            waiting.Enqueue(item);
            if (sleeps) Monitor.Pulse(waiting);
            return true;
        }
    }

    /// <summary>Takes nothing more in. What waits is still handed out.</summary>
    public void Close()
    {
        lock (waiting)
        {
            isClosed = true;
            Monitor.Pulse(waiting);
        }
    }

    /// <summary>The next one, once there is one; false when the queue is closed and empty. For the writer's thread alone.</summary>
    public bool WaitForNext([NotNullWhen(true)] out T? next)
    {
        lock (waiting)
        {
            while (waiting.Count == 0 && !isClosed)
            {
                sleeps = true;
                Monitor.Wait(waiting);
                sleeps = false;
            }

            return waiting.TryDequeue(out next);
        }
    }

    /// <summary>The next one, where one waits.</summary>
    public bool TryTake([NotNullWhen(true)] out T? next)
    {
        lock (waiting) return waiting.TryDequeue(out next);
    }
}
