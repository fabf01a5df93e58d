using System.Diagnostics.Metrics;
using Vcas.Domain;
using Vcas.Domain.Households;

namespace VcasFunctions.Telemetry;

/// <summary>
/// What the app counts while it runs, from the events that it stores. The names and units are in docs/operations/telemetry.md. They
/// are for dashboards; the report is counted from the register, and only it is exact.
/// </summary>
public static class Metrics
{
    /// <summary>The meter's name, for anyone who listens.</summary>
    public const string MeterName = "VcasFunctions";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Offers = Meter.CreateCounter<long>(
        "vcas.offers", "{household}", "Offers recorded, by what the household answered.");
    private static readonly Counter<long> FellDue = Meter.CreateCounter<long>(
        "vcas.call_backs.due", "{call-back}", "Calls whose time came.");
    private static readonly Counter<long> Overdue = Meter.CreateCounter<long>(
        "vcas.call_backs.overdue", "{reminder}", "Times that the supervisor was told that nobody has called.");
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "vcas.attempts", "{attempt}", "Attempts to call, by outcome.");
    private static readonly Counter<long> Referrals = Meter.CreateCounter<long>(
        "vcas.referrals", "{message}", "Messages about referrals that the queue took, by kind.");
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("vcas.answers", "{answer}", "VCAS's answers, by kind.");
    private static readonly Histogram<double> AnswerTime = Meter.CreateHistogram<double>(
        "vcas.answer.time", "s", "From a referral's sending to VCAS's decision.");
    private static readonly Gauge<long> Open = Meter.CreateGauge<long>(
        "vcas.call_backs.open", "{household}", "Households with a call ahead, by state, as the last sweep saw them.");

    /// <summary>Notifications that Graph answered, by type, channel and status.</summary>
    internal static readonly Counter<long> Notices = Meter.CreateCounter<long>(
        "vcas.notices", "{request}", "Requests to Teams, by type, channel and status.");

    private static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("vcas.refusals", "{request}", "Requests that were refused, by status.");
    private static readonly Gauge<long> Found =
        Meter.CreateGauge<long>("vcas.audit.findings", "{finding}", "What the last night found missing or altered in the audit.");
    private static readonly Gauge<long> Verified =
        Meter.CreateGauge<long>("vcas.audit.verified", "{entry}", "Entries of the audit that the last night looked at.");

    private static readonly Gauge<long> DisclosureHolds = Meter.CreateGauge<long>(
        "vcas.disclosure_holds", "{household}", "Households that a disclosure hold keeps from erasure, as the last night saw them.");

    /// <summary>Counts what a stored change has brought.</summary>
    public static void Count(Transition change, DateTimeOffset now)
    {
        foreach (var happened in change.Events)
        {
            switch (happened)
            {
                case OfferRecorded recorded:
                    Offers.Add(1, new KeyValuePair<string, object?>("answer", Word.Of(recorded.Answer)));
                    break;
                case CallBackDue:
                    FellDue.Add(1);
                    break;
                case CallBackReminded { Overdue: true }:
                    Overdue.Add(1);
                    break;
                case AttemptRecorded attempt:
                    Attempts.Add(
                        1,
                        new KeyValuePair<string, object?>("outcome", Word.Of(attempt.Outcome)),
                        new KeyValuePair<string, object?>("direction", Word.Of(attempt.Direction)));
                    break;
                case ReferralSent sent:
                    Referrals.Add(1, new KeyValuePair<string, object?>("kind", sent.Version == 1 ? "made" : "amended"));
                    break;
                case WithdrawalSent:
                    Referrals.Add(1, new KeyValuePair<string, object?>("kind", "withdrawn"));
                    break;
                case ReferralAnswered answered:
                    Count(answered.Answer, change.Household.Referral, now);
                    break;
            }
        }
    }

    /// <summary>Tells how many households are in each state.</summary>
    internal static void RecordOpenHouseholds(string state, long households) =>
        Open.Record(households, new KeyValuePair<string, object?>("state", state));

    /// <summary>Counts a request that was refused.</summary>
    internal static void CountRefusal(int status) => Refused.Add(1, new KeyValuePair<string, object?>("status", status));

    /// <summary>Tells what a night's verification of the audit came to.</summary>
    internal static void RecordVerification(int findings, int entries)
    {
        Found.Record(findings);
        Verified.Record(entries);
    }

    /// <summary>Tells how many households are under a disclosure hold, and how many of their reviews have passed.</summary>
    internal static void RecordDisclosureHolds(int held, int overdue)
    {
        DisclosureHolds.Record(held, new KeyValuePair<string, object?>("state", "held"));
        DisclosureHolds.Record(overdue, new KeyValuePair<string, object?>("state", "overdue"));
    }

    private static void Count(ReferralAnswer answer, Referral? referral, DateTimeOffset now)
    {
        Answers.Add(1, new KeyValuePair<string, object?>("kind", Word.Of(answer.Kind)));
        if (answer.Kind is ReferralAnswerKind.Accepted or ReferralAnswerKind.Rejected && referral?.SentAt is { } sentAt)
            AnswerTime.Record((now - sentAt).TotalSeconds, new KeyValuePair<string, object?>("kind", Word.Of(answer.Kind)));
    }
}

/// <summary>How many households are in each state, counted by a sweep from several threads.</summary>
internal sealed class OpenHouseholdsCount(DateTimeOffset now)
{
    private int waiting;
    private int due;
    private int overdue;
    private int held;

    /// <summary>Counts one.</summary>
    public void Add(Household household)
    {
        switch (household.State)
        {
            case HouseholdState.Waiting:
                Interlocked.Increment(ref waiting);
                break;
            case HouseholdState.Due:
                Interlocked.Increment(ref due);
                if (household.OverdueAt <= now) Interlocked.Increment(ref overdue);
                break;
            case HouseholdState.Held:
                Interlocked.Increment(ref held);
                break;
        }
    }

    /// <summary>Tells what was counted; those overdue are among those due.</summary>
    public void Record()
    {
        Metrics.RecordOpenHouseholds("waiting", waiting);
        Metrics.RecordOpenHouseholds("due", due);
        Metrics.RecordOpenHouseholds("overdue", overdue);
        Metrics.RecordOpenHouseholds("held", held);
    }
}
