using LocalAzure.ServiceBus;

namespace LocalAzure.Hosting;

/// <summary>The queues of the embedded broker.</summary>
internal static class BrokerQueues
{
    /// <summary>Those of the settings, and those that functions read and the settings don't mention.</summary>
    public static BrokerOptions Declare(LocalServiceBusOptions settings, IEnumerable<string> read)
    {
        var options = new BrokerOptions();
        foreach (var queue in settings.Queues) options.Queues.Add(Declare(queue));
        foreach (var name in read.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!settings.Queues.Any(queue => queue.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) options.Queues.Add(new QueueOptions(name));
        }

        return options;
    }

    private static QueueOptions Declare(LocalQueueOptions queue)
    {
        var declared = new QueueOptions(queue.Name) { DuplicateDetectionHistoryTimeWindow = queue.DuplicateDetectionHistoryTimeWindow };
        declared.LockDuration = queue.LockDuration ?? declared.LockDuration;
        declared.MaxDeliveryCount = queue.MaxDeliveryCount ?? declared.MaxDeliveryCount;
        declared.DefaultMessageTimeToLive = queue.DefaultMessageTimeToLive ?? declared.DefaultMessageTimeToLive;
        declared.DeadLetteringOnMessageExpiration = queue.DeadLetteringOnMessageExpiration ?? declared.DeadLetteringOnMessageExpiration;
        return declared;
    }
}
