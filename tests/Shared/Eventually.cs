namespace Shared;

/// <summary>Waits for a condition that another process brings about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns once the condition holds.</summary>
    /// <exception cref="TimeoutException">It didn't within the time; says what was waited for.</exception>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what, CancellationToken cancellation, int seconds = 30) =>
        HoldsAsync(condition, () => what, cancellation, seconds);

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, string, CancellationToken, int)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what, CancellationToken cancellation, int seconds = 30)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(seconds))
                throw new TimeoutException($"Waited {seconds} s for: {what()}.");
            await Task.Delay(Between, TimeProvider.System, cancellation);
        }
    }
}
