using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VcasFunctions.Audit;
using VcasFunctions.Settings;

namespace VcasFunctions.Referrals;

/// <summary>
/// Takes away messages that were set aside and have lain for their time in the queues to which the bus forwards
/// them: nothing else ever does.
/// </summary>
public sealed class DeadLetterExpiry(
    ServiceBusClient client,
    IOptionsMonitor<ReferralOptions> referrals,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<DeadLetterExpiry> log)
{
    private const int AtOnce = 50;

    // A short wait is enough: nobody sends to this queue while it is read.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Erases those that are due.</summary>
    public async Task<int> EraseDueAsync(CancellationToken cancellation)
    {
        var before = settings.Moment.Now.AddDays(-retention.CurrentValue.DeadLetterDays);
        var erased = 0;
        var queues = referrals.CurrentValue;
        foreach (var queue in new[] { queues.DeadLetterQueue, queues.AnswerDeadLetterQueue })
            erased += await EraseAsync(queue, before, cancellation);
        if (erased > 0) log.LogInformation("{Erased} messages that had been put aside were erased after their time", erased);
        return erased;
    }

    private async Task<int> EraseAsync(string queue, DateTimeOffset before, CancellationToken cancellation)
    {
        await using var receiver = client.CreateReceiver(queue);
        var erased = 0;
        while (true)
        {
            // Peek first: to receive and give back a message that is not due would count as a delivery each night.
            if (await receiver.PeekMessageAsync(cancellationToken: cancellation) is not { } oldest || oldest.EnqueuedTime >= before)
                return erased;
            var messages = await receiver.ReceiveMessagesAsync(AtOnce, Patience, cancellation);
            if (messages.Count == 0) return erased;
            foreach (var message in messages)
            {
                if (message.EnqueuedTime >= before)
                {
                    await receiver.AbandonMessageAsync(message, cancellationToken: cancellation);
                    continue;
                }

                await receiver.CompleteMessageAsync(message, cancellation);
                erased++;
            }

            if (messages.Any(message => message.EnqueuedTime >= before)) return erased;
        }
    }
}
