namespace Simulation;

/// <summary>What is remembered from one look at a world to the next.</summary>
internal sealed class Seen
{
    /// <summary>The last revision in which each household was seen.</summary>
    public Dictionary<Guid, int> Revisions { get; } = [];

    /// <summary>The revision in which each was when its number was first known for one that is never to be called.</summary>
    public Dictionary<Guid, int> SilentSince { get; } = [];

    /// <summary>When Graph was last seen not to work, UTC.</summary>
    public DateTimeOffset GraphFailedAt { get; set; }

    /// <summary>Each task with since when it waits, and when it was seen first.</summary>
    public Dictionary<(string Key, DateTimeOffset Since), DateTimeOffset> Tasks { get; } = [];

    /// <summary>Whether a working morning was ever looked at for which all that it tells must have been told.</summary>
    public bool LookedAtMorning { get; set; }

    /// <summary>The directory id of who records, calls and supervises.</summary>
    public string? Officer { get; set; }

    /// <summary>The directory id of the colleague with whom they share a phone.</summary>
    public string? Colleague { get; set; }
}
