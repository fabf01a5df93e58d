using System.Text.Json;
using Vcas.Domain.CallBacks;

namespace VcasFunctions.Offers;

/// <summary>A hold that ended, as the trail tells of it: what a caller must know of a household that can be called again.</summary>
/// <param name="Reason">Why nobody was to phone.</param>
/// <param name="From">Since when, UTC.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="EndedBy">The role of whoever ended it, or put another in its place.</param>
public sealed record EarlierHold(HoldReason Reason, DateTimeOffset From, DateTimeOffset Until, string EndedBy)
{
    private const string Held = "callBackHeld";

    // What is said or decided of a household ends its hold as well as a release does.
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal) { Held, "holdEnded", "offerAccepted", "offerClosed", "offerWithdrawn" };

    /// <summary>Those in a trail, oldest first; the one in force is none of them.</summary>
    internal static IReadOnlyList<EarlierHold> In(IReadOnlyList<TrailEntry> trail)
    {
        var found = new List<EarlierHold>();
        (HoldReason Reason, DateTimeOffset From)? standing = null;
        foreach (var entry in trail.Where(entry => Ends.Contains(entry.Event)))
        {
            if (standing is { } ended) found.Add(new EarlierHold(ended.Reason, ended.From, entry.At, entry.By));
            standing = entry.Event == Held ? (entry.Data.GetProperty("reason").Deserialize<HoldReason>(Json.Stored), entry.At) : null;
        }

        return found;
    }
}
