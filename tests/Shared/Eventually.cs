namespace Shared;

/// <summary>
/// Waits for a condition that another process brings about. Its patience goes by how often it could look, not by the clock on the wall:
/// where a machine is busy, or stood still for a while, whatever is waited for had no more time than the one who waits.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    // What one look can count for, however long it took.
    private static readonly TimeSpan Longest = 2 * Between;

    /// <summary>Returns once the condition holds.</summary>
    /// <exception cref="TimeoutException">It didn't within the time; says what was waited for.</exception>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what, CancellationToken cancellation, int seconds = 30) =>
        HoldsAsync(condition, () => what, cancellation, seconds);

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, string, CancellationToken, int)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what, CancellationToken cancellation, int seconds = 30)
    {
        var (patience, last) = (TimeSpan.FromSeconds(seconds), TimeProvider.System.GetTimestamp());
        while (!await condition())
        {
            if (patience < TimeSpan.Zero) throw new TimeoutException($"Waited {seconds} s for: {what()}.");
            await Task.Delay(Between, TimeProvider.System, cancellation);
            var (took, now) = (TimeProvider.System.GetElapsedTime(last), TimeProvider.System.GetTimestamp());
            (patience, last) = (patience - (took < Longest ? took : Longest), now);
        }
    }
}
