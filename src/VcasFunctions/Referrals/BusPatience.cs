using System.Net.Sockets;
using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace VcasFunctions.Referrals;

/// <summary>Asks the bus something, and waits for a network's answer in real time, whatever clock the app uses for households.</summary>
internal static class BusPatience
{
    // The client's own retries fit in.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The answer.</summary>
    /// <exception cref="ServiceBusException">None came in time.</exception>
    public static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Longest, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException silent) when (!cancellation.IsCancellationRequested)
        {
            throw new ServiceBusException("No answer in time.", ServiceBusFailureReason.ServiceTimeout, innerException: silent);
        }
    }

    /// <summary>Returns once it is done.</summary>
    /// <exception cref="ServiceBusException">It was not, in time.</exception>
    public static Task AskAsync(Func<CancellationToken, Task> ask, CancellationToken cancellation) => AskAsync(
        async patience =>
        {
            await ask(patience);
            return true;
        },
        cancellation);

    /// <summary>Whether the bus could not be asked. Only the bus throws these; the tables throw other exceptions.</summary>
    public static bool IsOfTheBus(Exception failure) =>
        failure is ServiceBusException or SocketException or UnauthorizedAccessException or AuthenticationFailedException
            or ObjectDisposedException;
}
