namespace VcasFunctions.Health;

/// <summary>The state of one part that the app depends on.</summary>
/// <param name="Name"><c>tables</c>, <c>queue</c>, <c>durable</c>, <c>graph</c>.</param>
/// <param name="Status">Whether it answers.</param>
/// <param name="Reason">
/// Why it doesn't, as a code: <c>status503</c>, <c>noAnswer</c>, <c>serviceBusMessagingEntityNotFound</c>; with <c>write</c> before it
/// where it only reads.
/// </param>
/// <param name="SeenAt">When that was seen, UTC.</param>
public sealed record DependencyView(string Name, DependencyState Status, string? Reason, DateTimeOffset? SeenAt);

/// <summary>Whether a part answers.</summary>
public enum DependencyState
{
    /// <summary>The part answers.</summary>
    Up,

    /// <summary>The part does not answer.</summary>
    Down,

    /// <summary>The part has not been asked yet.</summary>
    Unknown,
}
