using LocalAzure.DurableTask.Tables;
using LocalAzure.Storage;
using Microsoft.Extensions.Logging;

namespace LocalAzure.DurableTask;

/// <summary>What the engine's parts share.</summary>
internal sealed class EngineCore : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public EngineCore(LocalStore store, TimeProvider time, DurableOptions options, ILoggerFactory loggers, Numbers numbers)
    {
        (Store, Time, Options, Loggers, Numbers) = (store, time, options, loggers, numbers);
        // Taken out once: whoever looks at it late must not stumble over a source that is disposed.
        Stopping = stopping.Token;
    }

    public LocalStore Store { get; }

    public TimeProvider Time { get; }

    public DurableOptions Options { get; }

    public ILoggerFactory Loggers { get; }

    public Numbers Numbers { get; }

    public IdleCounter Idle { get; } = new();

    public InstanceWaiters Waiters { get; } = new();

    /// <summary>Set while the engine starts.</summary>
    public Alarm? Alarm { get; set; }

    /// <summary>Cancelled once no new episode may begin.</summary>
    public CancellationToken Stopping { get; }

    public void Stop() => stopping.Cancel();

    public void Dispose()
    {
        Alarm?.Dispose();
        stopping.Dispose();
    }
}
