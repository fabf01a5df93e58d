using System.Collections.Concurrent;

namespace Simulation;

/// <summary>In how many worlds each kind of thing was seen: what hardly any world sees isn't tried.</summary>
internal sealed class Sighted
{
    // Ten of two hundred.
    private const int Fewest = 10, Of = 200;

    private static readonly string[] MustBeSeen =
    [
        "no number", Kinds.TwoTeams, Kinds.TwoHouseholds, Kinds.TwoCallers, Kinds.TwoUsers, Kinds.Incoming,
        Kinds.FullDisk, Kinds.RanAhead, Kinds.LostKey,
        "CallBackDue", "CallBackReminded", "outgoing: accepted", "outgoing: doNotContact", "incoming: doNotContact", "CallHoursOpened",
        "held: neverToBeCalled", "held: likelyDuplicate", "held: childrensServices", "held: wrongNumber", "HoldReviewDue", "HoldEnded",
        "AttemptUndone",
        "NeverTakenBack", "SecondOfferPlanned", "closed: doNotContact", "OfferReopened", "OfferWithdrawn", "DetailsCorrected",
        "ContactChanged", "SafeRouteReminded", "SafeRouteFound",
        Kinds.SeveralRoutes, Kinds.YesWithoutRoute, Kinds.YesWithRouteLater,
        "outgoing by visit", "outgoing by letter", "VisitPlannedFor", "closed: declinedInPerson",
        "DangerRecorded", "DangerEscalated", "DangerAcknowledged", "DangerActionRecorded",
        "WelfareContactPlanned", "WelfareContactReminded", "WelfareContactRecorded",
        "MergedAsDuplicate", "DuplicateTakenOver", Kinds.OneCase, Kinds.OnePhone, Kinds.CalledToday,
        "MeasureReminded", Kinds.DangerAfterTheEnd, Kinds.FoundByNumber, "RecordCorrected",
        "DisclosureHoldPlaced", "DisclosureHoldReleased", "DisclosureReviewDue", "ErasurePutOff", "ConsentRecorded",
        "ReferralSentAgain", "ReferralHandedOver",
        Kinds.Morning, Kinds.MorningLookedAt, Kinds.TaskToldOn, Kinds.Absence, Kinds.NumberPassedOn, Kinds.NumberSeenTo,
        "ReferralSent", "ReferralAnswered", "ReferralAmended", "ReferralWithdrawn", "AnswerChased",
    ];

    private readonly ConcurrentDictionary<string, int> worlds = new();
    private int lived;

    /// <summary>How many worlds were lived through.</summary>
    public int Worlds => lived;

    /// <summary>Takes in what a world saw.</summary>
    public void Add(Story story)
    {
        Interlocked.Increment(ref lived);
        foreach (var sight in story.Sights) worlds.AddOrUpdate(sight, 1, (_, known) => known + 1);
    }

    /// <summary>The counts, rarest first, a line each.</summary>
    public IEnumerable<string> Lines() =>
        worlds.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => $"{pair.Value,5} worlds saw {pair.Key}");

    /// <summary>What was seen too seldom for so many worlds. Of a few worlds nothing is asked.</summary>
    public IReadOnlyList<string> Missing() =>
        [.. MustBeSeen.Where(sight => worlds.GetValueOrDefault(sight) < lived * Fewest / Of)
            .Select(sight => $"{sight}: in {worlds.GetValueOrDefault(sight)} of {lived} worlds")];
}

/// <summary>Names of what people and machines see happen; a household's events go by their own names.</summary>
internal static class Kinds
{
    public const string SeveralRoutes = "several routes";
    public const string YesWithoutRoute = "a yes without a safe route";
    public const string YesWithRouteLater = "a yes that left when a route was known";
    public const string TwoTeams = "a number of two teams";
    public const string TwoHouseholds = "a number of two households of a team";
    public const string TwoCallers = "two callers at one household";
    public const string TwoUsers = "a phone with two users";
    public const string Incoming = "an incoming contact";
    public const string FoundByNumber = "a household found by its number";
    public const string Morning = "a working morning that was told of";
    public const string MorningLookedAt = "a working morning that must have been told of";
    public const string TaskToldOn = "a task that somebody else was told of";
    public const string Absence = "a supervisor who is away";
    public const string NumberPassedOn = "a number that was passed on";
    public const string NumberSeenTo = "a number passed on that was seen to";
    public const string FullDisk = "a full disk";
    public const string RanAhead = "a clock that ran ahead";
    public const string LostKey = "a lost key";
    public const string OneCase = "two households of one case";
    public const string OnePhone = "two callers at one number of two households";
    public const string CalledToday = "a number that was called today";
    public const string DangerAfterTheEnd = "a danger after the end";
}
