using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace VcasFunctions.Notifications;

/// <summary>Tells callers and supervisors what a household's outbox holds for them.</summary>
public sealed class SendNotices(HouseholdNotices notices)
{
    /// <summary>Sends; a failure leaves what is unsent in the outbox, for another try.</summary>
    [Function(nameof(SendNotices))]
    public Task RunAsync([ActivityTrigger] Guid offerId, [DurableClient] DurableTaskClient durable, CancellationToken cancellation) =>
        notices.SendAsync(offerId, durable, cancellation);
}
