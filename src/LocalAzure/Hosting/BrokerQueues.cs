using LocalAzure.ServiceBus;

namespace LocalAzure.Hosting;

/// <summary>The queues of the embedded broker.</summary>
internal static class BrokerQueues
{
    /// <summary>The broker's options, with the queues that the settings name.</summary>
    public static BrokerOptions Declare(LocalServiceBusOptions settings)
    {
        var options = new BrokerOptions();
        foreach (var queue in settings.Queues) options.Queues.Add(Declare(queue));
        return options;
    }

    private static QueueOptions Declare(LocalQueueOptions queue)
    {
        var declared = new QueueOptions(queue.Name)
        {
            DuplicateDetectionHistoryTimeWindow = queue.DuplicateDetectionHistoryTimeWindow,
            ForwardDeadLetteredMessagesTo = queue.ForwardDeadLetteredMessagesTo,
        };
        declared.LockDuration = queue.LockDuration ?? declared.LockDuration;
        declared.MaxDeliveryCount = queue.MaxDeliveryCount ?? declared.MaxDeliveryCount;
        declared.DefaultMessageTimeToLive = queue.DefaultMessageTimeToLive ?? declared.DefaultMessageTimeToLive;
        declared.DeadLetteringOnMessageExpiration = queue.DeadLetteringOnMessageExpiration ?? declared.DeadLetteringOnMessageExpiration;
        return declared;
    }
}
