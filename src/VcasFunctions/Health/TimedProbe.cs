using Azure;
using Azure.Messaging.ServiceBus;

namespace VcasFunctions.Health;

/// <summary>
/// Asks a part that the app depends on for something, for so long and no longer, and tells what is wrong by kind and status alone.
/// </summary>
internal static class TimedProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Why it doesn't answer, as a code; null if it does. A message may hold an address, so it is never shown.</summary>
    public static async Task<string?> FailureCodeAsync(Func<CancellationToken, Task> ask, CancellationToken cancellation)
    {
        // A network answer is waited for in real time, whatever clock the app uses for households.
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await ask(either.Token);
            return null;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return patience.IsCancellationRequested ? "noAnswer" : ReasonOf(failure);
        }
    }

    private static string ReasonOf(Exception failure) => failure switch
    {
        // No status at all: the service was not reached.
        RequestFailedException { Status: 0 } => "noAnswer",
        RequestFailedException refused => $"status{refused.Status}",
        ServiceBusException { Reason: var reason } => $"serviceBus{reason}",
        _ => failure.GetType().Name,
    };
}
