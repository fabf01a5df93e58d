using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Options;
using VcasFunctions.Problems;

namespace VcasFunctions.Referrals;

/// <summary>Messages that were set aside, looked at where they lie: none is taken away, and none counts as delivered.</summary>
public sealed class DeadLetters(ServiceBusClient client, IOptionsMonitor<ReferralOptions> options)
{
    /// <summary>More of one queue are not shown: such a queue is emptied on the day of its alert.</summary>
    public const int Most = 100;

    /// <summary>The oldest of a queue.</summary>
    /// <exception cref="ProblemException">The queue is out of reach.</exception>
    public Task<IReadOnlyList<ServiceBusReceivedMessage>> ReadAsync(DeadLetterKind queue, CancellationToken cancellation) =>
        PeekAsync(queue, Most, from: 0, cancellation);

    /// <summary>One of them; null where it isn't there any more.</summary>
    /// <exception cref="ProblemException">The queue is out of reach.</exception>
    public async Task<ServiceBusReceivedMessage?> FindAsync(DeadLetterKind queue, long number, CancellationToken cancellation) =>
        (await PeekAsync(queue, 1, number, cancellation)).FirstOrDefault(message => message.SequenceNumber == number);

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(
        DeadLetterKind queue, int most, long from, CancellationToken cancellation)
    {
        var names = options.CurrentValue;
        var name = queue == DeadLetterKind.Referrals ? names.DeadLetterQueue : names.AnswerDeadLetterQueue;
        try
        {
            await using var receiver = client.CreateReceiver(name);
            return await BusPatience.AskAsync(
                async patience => await receiver.PeekMessagesAsync(most, from, patience), cancellation);
        }
        catch (Exception away) when (BusPatience.IsOfTheBus(away) && !cancellation.IsCancellationRequested)
        {
            throw new ProblemException(Problem.QueueAway);
        }
    }
}
