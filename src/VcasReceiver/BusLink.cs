using System.Net.Sockets;
using System.Security.Authentication;
using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace VcasReceiver;

/// <summary>
/// The only file that speaks to the bus. Holds one client with a link for each queue, and makes another whenever it breaks, for
/// ever: a broker that is away for a weekend is nothing that a person must be called for.
/// </summary>
internal sealed class BusLink(BusAddress address, ReferralInbox inbox, AnswerOutbox outbox, Journal journal, TimeProvider time)
{
    /// <summary>Messages that are taken at once: few enough to be worked off well within a lock of one minute.</summary>
    private const int AtOnce = 20;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Connects, works, and connects again until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await OneClientAsync(() => failures = 0, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception lost) when (IsOfTheBus(lost))
            {
                // The first failure is told, the hundredth isn't: the line says that it goes on trying.
                if (failures == 0) journal.Bus($"the broker at {address} can't be used ({Code(lost)}); trying until it can");
                await PauseAsync(failures++, stop);
            }
        }

        journal.Bus("stopped");
    }

    /// <summary>0.5 s × 2^n, at most 30 s, each between half and all of that, so that a hundred receivers don't knock at once.</summary>
    internal static TimeSpan Pause(int failures, double chance) =>
        TimeSpan.FromSeconds(Math.Min(30, 0.5 * Math.Pow(2, Math.Min(failures, 10))) * (0.5 + (chance / 2)));

    private async Task OneClientAsync(Action onWorking, CancellationToken stop)
    {
        await using var client = address.Connect();
        await using var referrals = client.CreateReceiver(address.Referrals);
        await using var answers = client.CreateSender(address.Answers);

        // Each opens its link, so that "connected" is said of both: a batch needs to know how large a message may be.
        using (await answers.CreateMessageBatchAsync(stop))
        {
            Take(await referrals.ReceiveMessagesAsync(AtOnce, Glance, stop), out var first);
            journal.Bus($"connected to {address}");
            onWorking();
            await SettleAsync(referrals, first);
        }

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await UntilOneEndsAsync(
            gone,
            ReceiveAsync(referrals, gone.Token),
            outbox.RunAsync(answer => answers.SendMessageAsync(MessageOf(answer), CancellationToken.None), gone.Token));
    }

    private async Task ReceiveAsync(ServiceBusReceiver referrals, CancellationToken gone)
    {
        // What is in hand is finished even when asked to stop: it is locked for nobody else, and takes milliseconds.
        while (!gone.IsCancellationRequested)
        {
            Take(await referrals.ReceiveMessagesAsync(AtOnce, Wait, gone), out var decided);
            await SettleAsync(referrals, decided);
        }
    }

    private void Take(
        IReadOnlyList<ServiceBusReceivedMessage> messages, out List<(ServiceBusReceivedMessage Message, Refusal? Refusal)> decided) =>
        decided = [.. messages.Select(
            message => (message, inbox.Take(new Incoming(message.Body.ToMemory(), message.ContentType, message.MessageId))))];

    /// <summary>
    /// Tells the broker. Where a lock has run out meanwhile the message comes again and is recognised as seen before: that is nothing
    /// that has to be repaired.
    /// </summary>
    private static Task SettleAsync(
        ServiceBusReceiver referrals, IEnumerable<(ServiceBusReceivedMessage Message, Refusal? Refusal)> decided) =>
        Task.WhenAll(decided.Select(async pair =>
        {
            try
            {
                await (pair.Refusal is { } refusal
                    ? referrals.DeadLetterMessageAsync(pair.Message, refusal.Reason, refusal.Description)
                    : referrals.CompleteMessageAsync(pair.Message));
            }
            catch (ServiceBusException lost) when (lost.Reason == ServiceBusFailureReason.MessageLockLost)
            {
            }
        }));

    private static async Task UntilOneEndsAsync(CancellationTokenSource gone, params Task[] work)
    {
        await Task.WhenAny(work);
        await gone.CancelAsync();
        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException)
        {
            // None failed: they were told to end. Had one failed, its exception would have come out instead.
        }
    }

    private async Task PauseAsync(int failures, CancellationToken stop)
    {
#pragma warning disable CA5394 // Spreads retries; nothing secret depends on it.
        var pause = Pause(failures, Random.Shared.NextDouble());
#pragma warning restore CA5394
        await Task.Delay(pause, time, stop).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static ServiceBusMessage MessageOf(Answer answer) =>
        new(answer.Body) { MessageId = answer.Id, Subject = answer.ReferralId, ContentType = "application/cloudevents+json" };

    // The client calls an attempt that took too long cancelled, too.
    private static bool IsOfTheBus(Exception e) =>
        e is ServiceBusException or SocketException or IOException or TimeoutException or AuthenticationException or ObjectDisposedException
            or AuthenticationFailedException or UnauthorizedAccessException or OperationCanceledException;

    /// <summary>A code without the sentence: a broker's sentence may quote what was sent.</summary>
    private static string Code(Exception e) => e switch
    {
        ServiceBusException { InnerException: SocketException socket } => socket.SocketErrorCode.ToString(),
        ServiceBusException bus => bus.Reason.ToString(),
        SocketException socket => socket.SocketErrorCode.ToString(),
        UnauthorizedAccessException => "Unauthorized",
        _ => e.GetType().Name,
    };
}
