using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function for each message of a queue; the queue's name may be a setting, as <c>%Name%</c>.</summary>
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    /// <summary>The setting that holds the connection string, or the section that holds <c>fullyQualifiedNamespace</c>.</summary>
    public string? Connection { get; set; }

    /// <summary>The queue's name as written.</summary>
    public string? QueueName { get; } = queueName;

    /// <summary>Whether the message is completed when the function returns; if not set, host.json decides.</summary>
    public bool AutoCompleteMessages { get; set; }
}
