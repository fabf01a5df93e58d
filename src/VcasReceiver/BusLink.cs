using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Types;
using Azure.Identity;

namespace VcasReceiver;

/// <summary>
/// The only file that speaks AMQP. Holds one connection with a link for each queue, and makes another whenever it breaks, for
/// ever: a broker that is away for a weekend is nothing that a person must be called for.
/// </summary>
internal sealed class BusLink(BusAddress address, ReferralInbox inbox, AnswerOutbox outbox, Journal journal, TimeProvider time)
{
    /// <summary>Messages that the broker may hand over ahead: small enough to be worked off well within a lock of one minute.</summary>
    private const int Credit = 20;

    private const uint IdleMilliseconds = 60_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BusIdentity? identity = address.IdentityAt(time);

    /// <summary>Connects, works, and connects again until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await OneConnectionAsync(() => failures = 0, stop);
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

    private string[] Queues => [address.Referrals, address.Answers];

    /// <summary>0.5 s × 2^n, at most 30 s, each between half and all of that, so that a hundred receivers don't knock at once.</summary>
    internal static TimeSpan Pause(int failures, double chance) =>
        TimeSpan.FromSeconds(Math.Min(30, 0.5 * Math.Pow(2, Math.Min(failures, 10))) * (0.5 + (chance / 2)));

    private async Task OneConnectionAsync(Action onWorking, CancellationToken stop)
    {
        // Cancelled when any of the three AMQP objects goes away, and when the receiver is asked to stop.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var connection = await ConnectAsync(stop);
        Error? why = null;
        try
        {
            var expires = identity is null ? default : await identity.ShowAsync(connection, Queues, stop);
            var session = new Session(connection);
            var referrals = Channel.CreateUnbounded<Message>();
            var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Messages may come as soon as there is credit, so credit is given only once the link stands.
            var incoming = new ReceiverLink(session, "referrals", new Source { Address = address.Referrals }, (_, attach) => Attached(attached, attach.Source));
            var answers = new SenderLink(session, "answers", address.Answers);
            foreach (AmqpObject part in new AmqpObject[] { connection, incoming, answers })
                part.AddClosedCallback((_, error) => { why ??= error; Cancel(gone); });

            await attached.Task.WaitAsync(Patience, time, gone.Token);
            incoming.Start(Credit, (_, message) => referrals.Writer.TryWrite(message));
            journal.Bus($"connected to {address}");
            onWorking();

            await UntilOneEndsAsync(
                gone,
                ReceiveAsync(incoming, referrals.Reader, gone.Token),
                outbox.RunAsync(answer => SendAsync(answers, ToAmqp(answer)), gone.Token),
                identity?.KeepShowingAsync(connection, Queues, expires, gone.Token) ?? Task.Delay(Timeout.InfiniteTimeSpan, time, gone.Token));
            GiveBack(incoming, referrals.Reader);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new AmqpException(why ?? new Error(ErrorCode.ConnectionForced));
        }
        finally
        {
            await CloseAsync(connection);
        }

        if (!stop.IsCancellationRequested) throw new AmqpException(why ?? new Error(ErrorCode.ConnectionForced));
    }

    private async Task<Connection> ConnectAsync(CancellationToken stop)
    {
        var factory = new ConnectionFactory();
        factory.AMQP.ContainerId = "vcas-receiver-" + Guid.NewGuid().ToString("N");
        // Heartbeats: a connection whose other end vanished without a word is noticed within a minute.
        factory.AMQP.IdleTimeout = (int)IdleMilliseconds;
        if (identity is not null) factory.SASL.Profile = SaslProfile.Anonymous;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            return await factory.CreateAsync(address.ToAmqp(), either.Token, handler: null!);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The library calls a connection that breaks in the middle of its opening cancelled, too.
            throw patience.IsCancellationRequested ? new TimeoutException() : new AmqpException(new Error(ErrorCode.ConnectionForced));
        }
    }

    /// <summary>
    /// Returns once the broker has the message. The library's own waiting send breaks with a null reference where it gives up on a
    /// message that the broker is late to confirm, so this waits by itself.
    /// </summary>
    private async Task SendAsync(SenderLink link, Message message)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.Send(message, (_, _, outcome, _) =>
        {
            if (outcome is Accepted) settled.TrySetResult();
            else settled.TrySetException(new AmqpException((outcome as Rejected)?.Error ?? new Error(ErrorCode.MessageReleased)));
        }, state: null);
        await settled.Task.WaitAsync(Patience, time);
    }

    private async Task ReceiveAsync(ReceiverLink link, ChannelReader<Message> messages, CancellationToken gone)
    {
        // A message in hand is finished even when asked to stop; the ones behind it go back.
        while (!gone.IsCancellationRequested)
        {
            using var message = await messages.ReadAsync(gone);
            Settle(link, message, inbox.Take(FromAmqp(message)));
        }
    }

    /// <summary>
    /// Tells the broker. Should this get lost, the message comes again and is recognised as seen before: nothing has to wait for
    /// the broker to say that it heard.
    /// </summary>
    private static void Settle(ReceiverLink link, Message message, Refusal? refusal)
    {
        if (refusal is null)
        {
            link.Accept(message);
            return;
        }

        // How Service Bus is asked to dead-letter with a reason.
        link.Reject(message, new Error((Symbol)"com.microsoft:dead-letter")
        {
            Description = refusal.Reason,
            Info = new Fields
            {
                [(Symbol)"DeadLetterReason"] = refusal.Reason,
                [(Symbol)"DeadLetterErrorDescription"] = refusal.Description,
            },
        });
    }

    /// <summary>
    /// On stopping, what was handed over ahead goes back at once instead of when its lock ends. Draining keeps the library from
    /// asking for more with each that goes back; one that is on the wire at this moment does wait for the end of its lock.
    /// </summary>
    private static void GiveBack(ReceiverLink link, ChannelReader<Message> messages)
    {
        if (link.IsClosed) return;
        link.SetCredit(0, CreditMode.Drain);
        while (messages.TryRead(out var message)) link.Release(message);
    }

    private static async Task UntilOneEndsAsync(CancellationTokenSource gone, params Task[] work)
    {
        await Task.WhenAny(work);
        Cancel(gone);
        try
        {
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException)
        {
            // None failed: they were told to end. Had one failed, its exception would have come out instead.
        }
    }

    private static async Task CloseAsync(Connection connection)
    {
        try
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(5), null);
        }
        catch (Exception already) when (IsOfTheBus(already))
        {
            // It is gone, which was the wish.
        }
    }

    private async Task PauseAsync(int failures, CancellationToken stop)
    {
#pragma warning disable CA5394 // Spreads retries; nothing secret depends on it.
        var pause = Pause(failures, Random.Shared.NextDouble());
#pragma warning restore CA5394
        await Task.Delay(pause, time, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static void Attached(TaskCompletionSource attached, object? source)
    {
        // A broker that has no such queue attaches with nothing, and detaches with the reason right after.
        if (source is not null) attached.TrySetResult();
    }

    private static void Cancel(CancellationTokenSource gone)
    {
        try
        {
            gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection was closed after its work had ended.
        }
    }

    private static Incoming FromAmqp(Message message) => new(
        message.Body switch { byte[] bytes => bytes, string text => Encoding.UTF8.GetBytes(text), _ => Array.Empty<byte>() },
        message.Properties?.ContentType?.ToString(),
        message.Properties?.GetMessageId()?.ToString());

    private static Message ToAmqp(Answer answer) => new()
    {
        Header = new Header { Durable = true },
        Properties = new Properties { MessageId = answer.Id, Subject = answer.ReferralId, ContentType = "application/cloudevents+json" },
        BodySection = new Data { Binary = Encoding.UTF8.GetBytes(answer.Body) },
    };

    private static bool IsOfTheBus(Exception e) =>
        e is AmqpException or SocketException or IOException or TimeoutException or AuthenticationException or ObjectDisposedException
            or AuthenticationFailedException;

    /// <summary>A code without the sentence: a broker's sentence may quote what was sent.</summary>
    private static string Code(Exception e) => e switch
    {
        AmqpException amqp => amqp.Error?.Condition?.ToString() ?? "amqp",
        SocketException socket => socket.SocketErrorCode.ToString(),
        _ => e.GetType().Name,
    };
}
