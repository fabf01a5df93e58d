namespace LocalAzure;

/// <summary>
/// A part of the stand-in that works by itself (the durable engine, the broker, the triggers), so that a test which owns the
/// clock can wait until nothing is left to do before it moves time on.
/// </summary>
public interface ILocalPart
{
    /// <summary>Whether nothing is running and nothing could run without the clock moving or somebody calling.</summary>
    bool IsIdle { get; }

    /// <summary>The next instant (UTC) at which this part will have something to do by itself; null when there is none.</summary>
    DateTimeOffset? NextWakeUp { get; }
}
