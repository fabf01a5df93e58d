using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the message that started a function.</summary>
public class ServiceBusMessageActions
{
    private readonly ProcessMessageEventArgs? source;

    internal ServiceBusMessageActions(ProcessMessageEventArgs source) => this.source = source;

    /// <summary>For mocks.</summary>
    protected ServiceBusMessageActions()
    {
    }

    private ProcessMessageEventArgs Source => source ?? throw new InvalidOperationException("A mock settles nothing.");

    /// <summary>Removes the message: it is done with.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Source.CompleteMessageAsync(message, cancellationToken);

    /// <summary>Gives the message back, to be delivered again.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) => Source.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

    /// <summary>Puts the message into the dead-letter queue.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        var properties = propertiesToModify is null ? [] : new Dictionary<string, object>(propertiesToModify);
        if (deadLetterReason is not null) properties["DeadLetterReason"] = deadLetterReason;
        if (deadLetterErrorDescription is not null) properties["DeadLetterErrorDescription"] = deadLetterErrorDescription;
        return Source.DeadLetterMessageAsync(message, properties, cancellationToken);
    }

    /// <summary>Lengthens the lock to the queue's whole lock duration from now.</summary>
    /// <exception cref="ServiceBusException">The lock is lost.</exception>
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Source.RenewMessageLockAsync(message, cancellationToken);
}
