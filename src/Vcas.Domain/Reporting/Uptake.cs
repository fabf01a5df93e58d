using System.Globalization;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Reporting;

/// <summary>How a report is broken down.</summary>
public enum UptakeBy
{
    /// <summary>One line for everything.</summary>
    Total,

    /// <summary>A line a calendar month (London) of the offers.</summary>
    Month,

    /// <summary>A line a calendar year (London) of the offers.</summary>
    Year,

    /// <summary>One line for each team.</summary>
    Team,

    /// <summary>A line a quarter (London) of the offers.</summary>
    Quarter,

    /// <summary>A line half a year (London) of the offers.</summary>
    HalfYear,

    /// <summary>For publication: as many lines as can be published, by time, by team or by both.</summary>
    Finest,

    /// <summary>A line a financial year of the offers, April to March (London), as <c>2023/24</c>.</summary>
    FinancialYear,
}

/// <summary>
/// One line of the practice note's table (households, not people), and beside it what the note could not see: how many
/// call-backs were due, made, missed.
/// </summary>
public sealed record UptakeLine
{
    /// <summary>What the line is of: <c>total</c>, a month as <c>2024-03</c>, a year, a team.</summary>
    public required string Group { get; init; }

    /// <summary>Households offered, mistakes and duplicates left out.</summary>
    public int Offers { get; init; }

    /// <summary>Accepted at the door.</summary>
    public int AcceptedAtOffer { get; init; }

    /// <summary>Accepted in the call that offered again.</summary>
    public int AcceptedAtCallBack { get; init; }

    /// <summary>Accepted at another point: before anybody called, or later.</summary>
    public int AcceptedOtherwise { get; init; }

    /// <summary>Accepted in all.</summary>
    public int Accepted { get; init; }

    /// <summary>Referred under opt-out without having been asked: no acceptance, and not in the uptake.</summary>
    public int ReferredUnasked { get; init; }

    /// <summary>Accepted of those offered, in whole per cent, halves upwards.</summary>
    public int Uptake => Offers == 0 ? 0 : (int)Math.Round(100m * Accepted / Offers, MidpointRounding.AwayFromZero);

    /// <summary>Households that were really asked, at the door or later, and answered.</summary>
    public int Asked { get; init; }

    /// <summary>Households that nobody has really asked: it was not possible so far, or they asked never to be contacted.</summary>
    public int NeverAsked => Offers - Asked;

    /// <summary>Accepted of those really asked, in whole per cent, halves upwards.</summary>
    public int UptakeOfAsked => Asked == 0 ? 0 : (int)Math.Round(100m * Accepted / Asked, MidpointRounding.AwayFromZero);

    /// <summary>Could not be asked at the door.</summary>
    public int NotAsked { get; init; }

    /// <summary>Asked at the door never to be contacted.</summary>
    public int DoNotContact { get; init; }

    /// <summary>Call-backs whose time has come.</summary>
    public int CallBacksDue { get; init; }

    /// <summary>Of these, those with at least one attempt.</summary>
    public int Attempted { get; init; }

    /// <summary>Households that were spoken to after the offer, in our call or in theirs.</summary>
    public int Reached { get; init; }

    /// <summary>Households that got in touch by themselves after the offer, which is neither an attempt nor a missed call.</summary>
    public int RangUs { get; init; }

    /// <summary>Households that were called at a time that they had not named as safe.</summary>
    public int OutsideSafeHours { get; init; }

    /// <summary>Attempted and never reached.</summary>
    public int NotReached { get; init; }

    /// <summary>Call-backs that were held at some time.</summary>
    public int Held { get; init; }

    /// <summary>Call-backs that became overdue before anybody had tried.</summary>
    public int Missed { get; init; }

    /// <summary>
    /// Households without a safe route: nobody knew one when the first call fell due, or one has to be found now.
    /// </summary>
    public int NoSafeRoute { get; init; }

    /// <summary>Households, once they were due, to which somebody went or wrote a letter by hand.</summary>
    public int Visited { get; init; }

    /// <summary>Households still waiting, due or held.</summary>
    public int Open { get; init; }

    /// <summary>Households from before the system that declined and of which no call was written down.</summary>
    public int NotRecorded { get; init; }

    /// <summary>Referrals made by this system.</summary>
    public int ReferralsMade => SupportGiven + SupportNotGiven + ReferralsAwaited;

    /// <summary>Of these, VCAS took the household on, and it engaged.</summary>
    public int SupportGiven => BeingSupported + ClosedCompleted + ClosedNeedsMet + ClosedMoved + ClosedDied + ClosedOther;

    /// <summary>Of these, rejected, withdrawn, or closed because the household did not engage: accepted, and no success.</summary>
    public int SupportNotGiven => ReferralsRejected + ReferralsWithdrawn + ClosedNotEngaged;

    /// <summary>Of these, VCAS has not decided.</summary>
    public int ReferralsAwaited { get; init; }

    /// <summary>Taken on, and not closed.</summary>
    public int BeingSupported { get; init; }

    /// <summary>Refused by VCAS.</summary>
    public int ReferralsRejected { get; init; }

    /// <summary>Taken back by the police.</summary>
    public int ReferralsWithdrawn { get; init; }

    /// <summary>Closed by VCAS: support was given.</summary>
    public int ClosedCompleted { get; init; }

    /// <summary>Closed by VCAS: nothing more was needed.</summary>
    public int ClosedNeedsMet { get; init; }

    /// <summary>Closed by VCAS: the household has left the area.</summary>
    public int ClosedMoved { get; init; }

    /// <summary>Closed by VCAS: the person supported has died.</summary>
    public int ClosedDied { get; init; }

    /// <summary>Closed by VCAS for another reason.</summary>
    public int ClosedOther { get; init; }

    /// <summary>Closed by VCAS: the household did not take it up.</summary>
    public int ClosedNotEngaged { get; init; }

    /// <summary>Median days from the offer to the first attempt, one decimal; null if there was none.</summary>
    public double? DaysToCall { get; init; }

    /// <summary>Median days from sending a referral to VCAS's decision, one decimal; null if there was none.</summary>
    public double? DaysToAnswer { get; init; }

    /// <summary>Investigations: several households of one count once.</summary>
    public int Investigations { get; init; }

    /// <summary>Households of which no crime reference is known, imported ones included: they are in no investigation.</summary>
    public int NoCrimeReference { get; init; }
}

/// <summary>Counts households into lines.</summary>
public static class UptakeReport
{
    /// <summary>The lines of these households, in the order of their groups. Without households the total is a line of zeros.</summary>
    public static IReadOnlyList<UptakeLine> Of(IEnumerable<HouseholdRecord> households, UptakeBy by)
    {
        var lines = households.Where(household => household.IsCounted)
            .GroupBy(household => GroupOf(household, by), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Line(group.Key, [.. group]))
            .ToList();
        return lines.Count == 0 && by == UptakeBy.Total ? [new UptakeLine { Group = GroupTotal }] : lines;
    }

    private const string GroupTotal = "total";
    private const int FirstOfFinancialYear = 4;

    internal static string GroupOf(HouseholdRecord household, UptakeBy by) => by switch
    {
        UptakeBy.Month => household.Month,
        UptakeBy.Year => household.Month[..4],
        UptakeBy.FinancialYear => FinancialYearOf(household),
        UptakeBy.Quarter => $"{household.Month[..4]}-Q{(MonthOf(household) + 2) / 3}",
        UptakeBy.HalfYear => $"{household.Month[..4]}-H{(MonthOf(household) + 5) / 6}",
        UptakeBy.Team => household.Team,
        _ => GroupTotal,
    };

    private static string FinancialYearOf(HouseholdRecord household)
    {
        var year = int.Parse(household.Month.AsSpan(0, 4), CultureInfo.InvariantCulture);
        if (MonthOf(household) < FirstOfFinancialYear) year--;
        return $"{year}/{(year + 1) % 100:00}";
    }

    private static int MonthOf(HouseholdRecord household) => int.Parse(household.Month.AsSpan(5), CultureInfo.InvariantCulture);

    private static UptakeLine Line(string group, IReadOnlyList<HouseholdRecord> households)
    {
        var acceptedAtOffer = households.Count(household => household.AcceptedWhen == AcceptedWhen.AtOffer);
        var acceptedAtCallBack = households.Count(household => household.AcceptedWhen == AcceptedWhen.AtCallBack);
        var referredUnasked = households.Count(household => household.AcceptedWhen == AcceptedWhen.NotAsked);
        var accepted = households.Count(household => household.AcceptedWhen is not null) - referredUnasked;
        return new UptakeLine
        {
            Group = group,
            Offers = households.Count,
            Investigations = households.Select(household => household.Investigation).OfType<string>().ToHashSet().Count,
            NoCrimeReference = households.Count(household => household.Investigation is null),
            AcceptedAtOffer = acceptedAtOffer,
            AcceptedAtCallBack = acceptedAtCallBack,
            AcceptedOtherwise = accepted - acceptedAtOffer - acceptedAtCallBack,
            Accepted = accepted,
            ReferredUnasked = referredUnasked,
            Asked = households.Count(household => household.WasAsked),
            NotAsked = households.Count(household => household.Answer == OfferAnswer.NotAsked),
            DoNotContact = households.Count(household => household.Answer == OfferAnswer.DoNotContact),
            CallBacksDue = households.Count(household => household.CallBackDueAt is not null),
            Attempted = households.Count(household => household.Attempts > 0),
            Reached = households.Count(household => household.WasReached),
            RangUs = households.Count(household => household.IncomingContacts > 0),
            OutsideSafeHours = households.Count(household => household.AttemptsOutsideSafeHours > 0),
            NotReached = households.Count(household => household is { Attempts: > 0, WasReached: false }),
            Held = households.Count(household => household.WasHeld),
            Missed = households.Count(household => household.WasMissed),
            NoSafeRoute = households.Count(household => household.WasDueWithoutRoute || household.NeedsSafeRoute),
            Visited = households.Count(household => household.Visits > 0),
            Open = households.Count(household => household.IsOpen),
            NotRecorded = households.Count(household =>
                household is { IsHistory: true, Attempts: 0, Answer: OfferAnswer.Declined or OfferAnswer.NotAsked }),
            ReferralsAwaited = households.Count(household => household.Referral == ReferralOutcome.Awaited),
            BeingSupported = households.Count(household => household.Referral == ReferralOutcome.TakenOn),
            ReferralsRejected = households.Count(household => household.Referral == ReferralOutcome.Rejected),
            ReferralsWithdrawn = households.Count(household => household.Referral == ReferralOutcome.Withdrawn),
            ClosedCompleted = Closed(ClosureReason.Completed),
            ClosedNeedsMet = Closed(ClosureReason.NeedsMet),
            ClosedMoved = Closed(ClosureReason.Moved),
            ClosedDied = Closed(ClosureReason.Died),
            ClosedOther = Closed(ClosureReason.Other),
            ClosedNotEngaged = Closed(ClosureReason.NotEngaged),
            DaysToCall = MedianDays(households.Select(household => household.FirstAttemptAt - household.OfferedAt)),
            DaysToAnswer = MedianDays(households.Select(household => household.AnsweredAt - household.ReferredAt)),
        };

        int Closed(ClosureReason reason) =>
            households.Count(household => household is { Referral: ReferralOutcome.Closed } && household.Closure == reason);
    }

    private static double? MedianDays(IEnumerable<TimeSpan?> spans)
    {
        var days = spans.OfType<TimeSpan>().Select(span => span.TotalDays).Order().ToList();
        if (days.Count == 0) return null;
        var middle = days.Count / 2;
        return Math.Round(days.Count % 2 == 1 ? days[middle] : (days[middle - 1] + days[middle]) / 2, 1, MidpointRounding.AwayFromZero);
    }
}
