using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Audit;

/// <summary>
/// Looks every night whether the audit is whole, and says so. Each night looks at the days that were anchored since, at a part of the
/// older ones, so that every day of the audit is looked at again within <see cref="RoundDays"/> nights, and at what was found broken
/// before: that is told of every night until it is repaired. What that costs is in docs/decisions/0009.
/// </summary>
public sealed class NightlyVerification(
    AuditCheck check,
    AuditDayIndex touched,
    LastVerificationStore notes,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<NightlyVerification> log)
{
    /// <summary>The number of nights within which each day of the audit is verified again.</summary>
    public const int RoundDays = 90;

    /// <summary>The most days that a night looks at for the first time: after a long silence the next nights go on.</summary>
    public const int MostNewDays = 31;

    // If a whole store was put back, all days are broken. This many are enough to show it.
    private const int MostBroken = 31;

    /// <summary>Verifies the days whose turn it is tonight.</summary>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        try
        {
            await VerifyPartAsync(cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("The audit could not be verified: {Failure}", failure.GetType().Name);
            throw;
        }
    }

    private async Task VerifyPartAsync(CancellationToken cancellation)
    {
        var today = AuditDayIndex.DayOf(settings.Moment.Now);
        var oldest = today.AddDays(1 - retention.CurrentValue.AuditDays);
        var first = await touched.FirstAsync(cancellation) ?? today.AddDays(-1);
        if (first > oldest) oldest = first;
        var part = Part.Of(await notes.ReadAsync(cancellation), oldest, today.AddDays(-1));

        // A household that was touched on several days is checked on each, but a fault counts as one finding.
        var (broken, findings, entries) = (new List<DateOnly>(), new HashSet<Finding>(), 0);
        foreach (var day in part.Days)
        {
            var (found, looked) = await CheckAsync(day, cancellation);
            entries += looked;
            if (found.Count == 0) continue;
            findings.UnionWith(found);
            broken.Add(day);
        }

        var kinds = findings.Select(finding => finding.Kind).Distinct().Order().ToList();
        var note = new LastVerification(
            settings.Moment.Now, part.VerifiedTo, part.Next, [.. broken.Take(MostBroken)], kinds, part.Days.Count, entries);
        await notes.WriteAsync(note, cancellation);
        Metrics.RecordVerification(findings.Count, entries);
        // Alerts wait for these words, and for their absence.
        if (broken.Count == 0)
        {
            log.LogInformation(
                "The audit was verified: {Days} days up to {VerifiedTo}, {Entries} entries, all whole",
                part.Days.Count, AuditDayIndex.Text(part.VerifiedTo), entries);
        }
        else
        {
            log.LogError(
                "The audit is broken: {Findings} findings on {Days} days from {First} on: {Kinds}",
                findings.Count, broken.Count, AuditDayIndex.Text(broken[0]), string.Join(", ", kinds.Select(kind => Word.Of(kind))));
        }
    }

    // A household may change between two pages of its partition, so a fault must show twice.
    private async Task<(IReadOnlyList<Finding> Found, int Entries)> CheckAsync(DateOnly day, CancellationToken cancellation)
    {
        var seen = await check.CheckDaysAsync(day, day, cancellation);
        if (seen.IsWhole) return ([], seen.Entries);
        var again = (await check.CheckDaysAsync(day, day, cancellation)).Findings;
        return ([.. seen.Findings.Intersect(again)], seen.Entries);
    }

    /// <summary>The days that one night verifies.</summary>
    /// <param name="Days">In order, each once.</param>
    /// <param name="VerifiedTo">The last day up to which every day has been verified.</param>
    /// <param name="Next">With which of the older days the next night goes on.</param>
    internal sealed record Part(IReadOnlyList<DateOnly> Days, DateOnly VerifiedTo, DateOnly Next)
    {
        /// <summary>The part of the night after which all up to yesterday is over.</summary>
        public static Part Of(LastVerification? last, DateOnly oldest, DateOnly yesterday)
        {
            var until = last?.VerifiedTo ?? oldest.AddDays(-1);
            // A clock that ran ahead and was put back: what was looked at then hadn't happened yet.
            if (until > yesterday) until = yesterday;
            var from = until < oldest ? oldest : until.AddDays(1);
            var to = Earlier(from.AddDays(MostNewDays - 1), yesterday);

            var known = until.DayNumber - oldest.DayNumber + 1;
            var next = last?.Next ?? oldest;
            var round = new List<DateOnly>();
            // One more than its share: every night adds a day, so a round that went no faster would never end.
            for (var left = known > 0 ? Math.Min(((known + RoundDays - 1) / RoundDays) + 1, known) : 0; left > 0; left--)
            {
                if (next < oldest || next > until) next = oldest;
                round.Add(next);
                next = next.AddDays(1);
            }

            var days = round
                .Concat(last?.Broken.Where(day => day >= oldest && day <= yesterday) ?? [])
                .Concat(Enumerable.Range(0, Math.Max(0, to.DayNumber - from.DayNumber + 1)).Select(from.AddDays));
            return new Part([.. days.Distinct().Order()], to < from ? until : to, next);
        }

        private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
    }
}
