using System.Text.Json;
using Vcas.Domain.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Households;

/// <summary>A hold that ended, from the trail: a caller must know of it before a household is called again.</summary>
/// <param name="Reason">Why nobody was to phone.</param>
/// <param name="From">Since when, UTC.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="EndedBy">The role of the person who ended it, or replaced it with another.</param>
public sealed record EarlierHold(HoldReason Reason, DateTimeOffset From, DateTimeOffset Until, string EndedBy)
{
    private const string Held = "callBackHeld";
    private const string Ended = "holdEnded";

    // An outcome or a decision ends a hold, and so does a release.
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        Held, Ended, "offerAccepted", "offerClosed", "offerWithdrawn",
    };

    private const string Undone = "attemptUndone";

    private static readonly HashSet<string> Attempts = new(StringComparer.Ordinal) { "attemptRecorded", "lateOutcomeRecorded" };

    /// <summary>The ended holds in a trail, oldest first, without the one in force.</summary>
    internal static IReadOnlyList<EarlierHold> In(IReadOnlyList<TrailEntry> trail)
    {
        var found = new List<EarlierHold>();
        // The supervisor's hold and the one that everybody knows of are separate: neither ends the other.
        var standing = new Dictionary<bool, (HoldReason Reason, DateTimeOffset From)>();
        var (foundBefore, standingBefore) = (0, standing);
        foreach (var entry in trail)
        {
            if (Attempts.Contains(entry.Event)) (foundBefore, standingBefore) = (found.Count, new(standing));
            if (entry.Event == Undone)
            {
                found.RemoveRange(foundBefore, found.Count - foundBefore);
                standing = new(standingBefore);
            }

            if (!Ends.Contains(entry.Event)) continue;
            foreach (var isForSupervisor in new[] { false, true })
            {
                if (entry.Event is Held or Ended && entry.IsForSupervisor != isForSupervisor) continue;
                if (standing.Remove(isForSupervisor, out var ended))
                    found.Add(new EarlierHold(ended.Reason, ended.From, entry.At, entry.By));
            }

            if (entry.Event == Held)
                standing[entry.IsForSupervisor] = (entry.Data.GetProperty("reason").Deserialize<HoldReason>(Json.Stored), entry.At);
        }

        return found;
    }
}
