using System.Globalization;
using Vcas.Domain.Calendar;
using Vcas.Domain.Teams;

namespace VcasFunctions.Tasks;

/// <summary>What one team's supervisor finds on a working morning: counts, and nothing of a household.</summary>
/// <param name="Calls">Calls that are due today.</param>
/// <param name="Overdue">Those of them that are overdue.</param>
/// <param name="Tasks">The tasks, the most urgent first.</param>
/// <param name="OldestDays">For how many working days the oldest of them has waited.</param>
public sealed record MorningDigest(int Calls, int Overdue, IReadOnlyList<OpenTask> Tasks, int OldestDays)
{
    // Of a notice in Teams no more is shown.
    private const int LongestPreview = 150;

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsEmpty => Calls == 0 && Tasks.Count == 0;

    /// <summary>What a team finds on this day.</summary>
    internal static MorningDigest Of(
        IEnumerable<OpenCall> calls, IReadOnlyList<OpenTask> tasks, TaskStages stages, DateTimeOffset now)
    {
        var tonight = CallBackCalendar.StartOf(CallBackCalendar.DateOf(now).AddDays(1));
        // A call may fall due today that isn't in the list of those that are due yet: its hold or its date ends later in the morning.
        var ofToday = calls.Where(call => call.IsDue || (call is { IsForDecision: false, HoldReason: null } && call.CallFrom < tonight))
            // One that moves just now stands in two places for a moment.
            .GroupBy(call => call.Id).Select(rows => rows.FirstOrDefault(call => call.IsDue) ?? rows.First())
            .ToList();
        return new MorningDigest(
            ofToday.Count,
            ofToday.Count(call => call.IsDue && call.OverdueAt <= now),
            tasks,
            tasks.Count == 0 ? 0 : tasks.Max(stages.AgeOf));
    }

    /// <summary>The counts in words, as many as a notice holds.</summary>
    public string Preview()
    {
        var counts = Tasks.GroupBy(task => task.Kind).OrderBy(kind => kind.Key).Select(kind => Said(kind.Key, kind.Count()));
        var text = string.Create(CultureInfo.InvariantCulture, $"{Counted(Calls, "call", "calls")} today, {Overdue} overdue");
        var end = Tasks.Count == 0 ? "." : $". Oldest task: {Counted(OldestDays, "day", "days")}.";
        foreach (var count in counts)
        {
            if (text.Length + 2 + count.Length + end.Length > LongestPreview) break;
            text += $"; {count}";
        }

        return text + end;
    }

    private static string Said(TaskKind kind, int count) => kind switch
    {
        TaskKind.DangerUnacknowledged => Counted(count, "danger nobody acknowledged", "dangers nobody acknowledged"),
        TaskKind.NeverPassedOn => Counted(count, "no-contact request", "no-contact requests"),
        TaskKind.MeasureMissing => Counted(count, "danger to write up", "dangers to write up"),
        TaskKind.WelfareContactDue => Counted(count, "welfare contact", "welfare contacts"),
        TaskKind.DecisionNeeded => Counted(count, "decision", "decisions"),
        TaskKind.CallOverdue => Counted(count, "overdue call", "overdue calls"),
        TaskKind.ReviewOverdue => Counted(count, "hold to review", "holds to review"),
        TaskKind.HoursNeverMeet => Counted(count, "without call hours", "without call hours"),
        TaskKind.ReferralRejected => Counted(count, "rejected referral", "rejected referrals"),
        TaskKind.AnswerLate => Counted(count, "late answer", "late answers"),
        TaskKind.NoSafeRoute => Counted(count, "without a safe route", "without a safe route"),
        _ => Counted(count, "number passed on", "numbers passed on"),
    };

    private static string Counted(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
