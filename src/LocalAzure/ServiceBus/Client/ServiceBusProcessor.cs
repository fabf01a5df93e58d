namespace Azure.Messaging.ServiceBus;

/// <summary>
/// Receives a queue's messages for a handler, until it is stopped: renews their locks while the handler runs, completes what
/// it returns from, abandons what it throws for, and goes on when the service goes away and comes back.
/// </summary>
public class ServiceBusProcessor : IAsyncDisposable
{
    // When the service's clock is behind ours, every lock seems to be over: ask no more often than this.
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(100);

    private readonly ServiceBusClient client = null!;
    private readonly ServiceBusReceiver receiver = null!;
    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly SemaphoreSlim free;
    private Func<ProcessMessageEventArgs, Task>? onMessage;
    private Func<ProcessErrorEventArgs, Task>? onError;
    private CancellationTokenSource? stopping;
    private Task running = Task.CompletedTask;

    /// <summary>For mocks.</summary>
    protected ServiceBusProcessor() => free = new SemaphoreSlim(1, 1);

    internal ServiceBusProcessor(ServiceBusClient client, string queueName, ServiceBusProcessorOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentCalls, 1);
        this.client = client;
        AutoCompleteMessages = options.AutoCompleteMessages;
        MaxAutoLockRenewalDuration = options.MaxAutoLockRenewalDuration;
        MaxConcurrentCalls = options.MaxConcurrentCalls;
        free = new SemaphoreSlim(MaxConcurrentCalls, MaxConcurrentCalls);
        receiver = new ServiceBusReceiver(client, queueName, new ServiceBusReceiverOptions
        {
            PrefetchCount = options.PrefetchCount,
            ReceiveMode = options.ReceiveMode,
            SubQueue = options.SubQueue,
            Identifier = options.Identifier,
        });
    }

    /// <summary>Handles a message. There is exactly one handler.</summary>
    /// <exception cref="NotSupportedException">There is one already.</exception>
    /// <exception cref="ArgumentException">The handler to be removed isn't there.</exception>
    public event Func<ProcessMessageEventArgs, Task> ProcessMessageAsync
    {
        add => onMessage = Only(onMessage, value);
        remove => onMessage = Without(onMessage, value);
    }

    /// <summary>Is told what went wrong. There is exactly one handler.</summary>
    /// <exception cref="NotSupportedException">There is one already.</exception>
    /// <exception cref="ArgumentException">The handler to be removed isn't there.</exception>
    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync
    {
        add => onError = Only(onError, value);
        remove => onError = Without(onError, value);
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace => client.FullyQualifiedNamespace;

    /// <summary>The queue.</summary>
    public virtual string EntityPath => receiver.EntityPath;

    /// <summary>The processor's name.</summary>
    public virtual string Identifier => receiver.Identifier;

    /// <summary>Whether messages are locked or deleted.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode => receiver.ReceiveMode;

    /// <summary>Messages asked for before they are wanted.</summary>
    public virtual int PrefetchCount => receiver.PrefetchCount;

    /// <summary>Whether a message is completed when its handler returns without having settled it.</summary>
    public virtual bool AutoCompleteMessages { get; }

    /// <summary>For how long a message's lock is renewed while its handler runs.</summary>
    public virtual TimeSpan MaxAutoLockRenewalDuration { get; }

    /// <summary>Handlers that may run at once.</summary>
    public virtual int MaxConcurrentCalls { get; }

    /// <summary>Whether it receives.</summary>
    public virtual bool IsProcessing => stopping is { IsCancellationRequested: false } && !running.IsCompleted;

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed { get; private set; }

    /// <summary>Handlers that are running.</summary>
    internal int RunningCalls => MaxConcurrentCalls - free.CurrentCount;

    /// <summary>Starts to receive.</summary>
    /// <exception cref="InvalidOperationException">It has started already, or a handler is missing.</exception>
    public virtual async Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (stopping is not null) throw new InvalidOperationException("The processor has been started already.");
            if (onMessage is null || onError is null) throw new InvalidOperationException("The processor needs both handlers before it starts.");
            stopping = new CancellationTokenSource();
            var stop = stopping.Token;
            running = Task.Run(() => RunAsync(stop), CancellationToken.None);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Stops receiving, waits for the handlers that run, and gives back what none of them saw.</summary>
    public virtual async Task StopProcessingAsync(CancellationToken cancellationToken = default)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (stopping is null) return;
            await stopping.CancelAsync();
            await running.WaitAsync(cancellationToken);
            await receiver.StopReceivingAsync();
            stopping.Dispose();
            stopping = null;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Stops, and closes the links.</summary>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        IsClosed = true;
        await StopProcessingAsync(cancellationToken);
        await receiver.CloseAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Calls the message handler.</summary>
    protected internal virtual Task OnProcessMessageAsync(ProcessMessageEventArgs args) => onMessage!(args);

    /// <summary>Calls the error handler.</summary>
    protected internal virtual Task OnProcessErrorAsync(ProcessErrorEventArgs args) => onError!(args);

    private static T Only<T>(T? present, T handler)
        where T : class =>
        present is null ? handler : throw new NotSupportedException("There is a handler already, and only one is called.");

    private static T? Without<T>(T? present, T handler)
        where T : class =>
        Equals(present, handler) ? null : throw new ArgumentException("This handler wasn't there.", nameof(handler));

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var slots = 0;
            try
            {
                await free.WaitAsync(stop);
                slots++;
                while (slots < MaxConcurrentCalls && await free.WaitAsync(TimeSpan.Zero, CancellationToken.None)) slots++;
                foreach (var message in await receiver.ReceiveAsync(slots, maxWaitTime: null, Math.Max(PrefetchCount, slots), stop))
                {
                    slots--;
                    _ = HandleAsync(message, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Stopped while waiting.
            }
            catch (Exception failure)
            {
                await ReportAsync(failure, ServiceBusErrorSource.Receive, stop);

                // A refusal (no such queue, no right to it) comes at once each time: ask again soon, not ceaselessly.
                if (failure is not ServiceBusException { IsTransient: true }) await PauseAsync(stop);
            }
            finally
            {
                if (slots > 0) free.Release(slots);
            }
        }

        for (var i = 0; i < MaxConcurrentCalls; i++) await free.WaitAsync(CancellationToken.None);
        free.Release(MaxConcurrentCalls);
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(client.RetryOptions.MaxDelay < TimeSpan.FromSeconds(10) ? client.RetryOptions.MaxDelay : TimeSpan.FromSeconds(10), TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped meanwhile.
        }
    }

    private async Task HandleAsync(ServiceBusReceivedMessage message, CancellationToken stop)
    {
        var source = ServiceBusErrorSource.ProcessMessageCallback;
        using var done = new CancellationTokenSource();
        var renewal = RenewAsync(message, done.Token, stop);
        try
        {
            await Task.Yield();
            await OnProcessMessageAsync(new ProcessMessageEventArgs(message, receiver, Identifier, stop));
            source = ServiceBusErrorSource.Complete;
            if (AutoCompleteMessages && ReceiveMode == ServiceBusReceiveMode.PeekLock && !message.IsSettled)
                await receiver.CompleteMessageAsync(message, CancellationToken.None);
        }
        catch (Exception failure)
        {
            await ReportAsync(failure, source, stop);
            if (source == ServiceBusErrorSource.ProcessMessageCallback) await AbandonAsync(message, failure, stop);
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
            free.Release();
        }
    }

    private async Task AbandonAsync(ServiceBusReceivedMessage message, Exception failure, CancellationToken stop)
    {
        var isLost = failure is ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost };
        if (ReceiveMode != ServiceBusReceiveMode.PeekLock || message.IsSettled || isLost) return;
        try
        {
            await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
        }
        catch (Exception second)
        {
            await ReportAsync(second, ServiceBusErrorSource.Abandon, stop);
        }
    }

    private async Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken done, CancellationToken stop)
    {
        if (ReceiveMode != ServiceBusReceiveMode.PeekLock || MaxAutoLockRenewalDuration <= TimeSpan.Zero || message.LockedUntil == default) return;
        var time = client.Time;
        var until = time.GetUtcNow() + MaxAutoLockRenewalDuration;
        try
        {
            while (!done.IsCancellationRequested && time.GetUtcNow() < until)
            {
                // Ten seconds before the lock runs out, or half-way for a short one.
                var left = message.LockedUntil - time.GetUtcNow();
                var wait = left > TimeSpan.FromSeconds(20) ? left - TimeSpan.FromSeconds(10) : left / 2;
                await Task.Delay(wait > LeastWait ? wait : LeastWait, time, done);
                if (message.IsSettled) return;
                await receiver.RenewMessageLockAsync(message, done);
            }
        }
        catch (OperationCanceledException)
        {
            // The handler is done.
        }
        catch (Exception failure) when (!message.IsSettled && !done.IsCancellationRequested)
        {
            await ReportAsync(failure, ServiceBusErrorSource.RenewLock, stop);
        }
        catch (Exception)
        {
            // The message was settled while its lock was being renewed.
        }
    }

    private async Task ReportAsync(Exception failure, ServiceBusErrorSource source, CancellationToken stop)
    {
        try
        {
            await OnProcessErrorAsync(new ProcessErrorEventArgs(failure, source, FullyQualifiedNamespace, EntityPath, Identifier, stop));
        }
        catch (Exception)
        {
            // A handler of errors that fails must not end the processing; the genuine one drops it too.
        }
    }
}
