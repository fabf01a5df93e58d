using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Kiota.Abstractions;
using Vcas.Domain.Calendar;
using Vcas.Domain.Teams;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>
/// Tells each team's supervisor of the day, and somebody else of what has waited for long. The lists are read once, however many households
/// are in them, and each team is told by one notice.
/// </summary>
public sealed class SendMorningDigests(
    OpenTasks open,
    TaskStages stages,
    MorningMarks marks,
    Absences absences,
    TeamsNotifier teams,
    VcasSettings settings,
    ILogger<SendMorningDigests> log)
{
    /// <summary>
    /// Tells what was not told yet, and notes it: where it is done again after a crash, a notice replaces itself. Gives when Teams takes
    /// more, UTC; null once everybody was told.
    /// </summary>
    [Function(nameof(SendMorningDigests))]
    public async Task<DateTimeOffset?> RunAsync([ActivityTrigger] MorningPlan plan, CancellationToken cancellation)
    {
        var day = DateOnly.ParseExact(plan.Day, "O", CultureInfo.InvariantCulture);
        // A morning that was begun the day before and is over is nobody's any more.
        if (day != CallBackCalendar.DateOf(settings.Moment.Now)) return null;
        var work = await open.ReadAsync(cancellation);
        var (told, known) = (await marks.ToldAsync(day, cancellation), await marks.StagesAsync(cancellation));
        await marks.ForgetAsync(known.Keys.Except(work.Tasks.Select(MorningMarks.KeyOf)), cancellation);
        var run = new MorningRun(day, work, known, await absences.OfTodayAsync(cancellation));
        foreach (var team in run.Teams(settings.Options))
        {
            if (!told.Contains(MorningMarks.RowOf(team.Key)))
                await TryAsync(run, () => TellDigestAsync(team, run, cancellation));
            await TryAsync(run, () => TellWaitingAsync(team, isSecret: false, run, cancellation));
            await TryAsync(run, () => TellWaitingAsync(team, isSecret: true, run, cancellation));
        }

        if (run.Failure is { } failure) throw new InvalidOperationException("Not every team could be told.", failure);
        if (run.Next is null) await marks.NoteDayAsync(day, cancellation);
        return run.Next;
    }

    private async Task TellDigestAsync(MorningTeam team, MorningRun run, CancellationToken cancellation)
    {
        var digest = MorningDigest.Of(team.Calls, team.Tasks, stages, settings.Moment.Now);
        if (!digest.IsEmpty)
        {
            var notice = Notice.OfMorning(team.Key, run.Day, digest.Calls + digest.Tasks.Count, digest.Preview());
            var recipients = Recipients.OfSupervisor(team.Options, team.IsAway, settings.Options);
            if (!await IsToldAsync(recipients, notice, run, cancellation)) return;
        }

        await marks.NoteToldAsync(team.Key, run.Day, cancellation);
    }

    private async Task TellWaitingAsync(MorningTeam team, bool isSecret, MorningRun run, CancellationToken cancellation)
    {
        var waiting = team.Tasks
            .Where(task => !task.Kind.HasOwnClock() && task.Kind.IsForSupervisorAlone() == isSecret)
            .Select(task => (Task: task, Stage: stages.Of(task)))
            .Where(one => one.Stage > run.StageOf(one.Task))
            .ToList();
        if (waiting.Count == 0) return;
        var recipients = isSecret
            ? Recipients.OfDeputyAlone(team.Options)
            : Recipients.OfDeputy(team.Options, team.IsAway, settings.Options);
        var notice = Notice.OfWaiting(recipients, team.Key, run.Day, waiting.Count);
        if (!await IsToldAsync(recipients, notice, run, cancellation)) return;
        await marks.NoteStagesAsync(waiting, cancellation);
        // An alert can wait for these words, whoever was told.
        log.LogInformation("{Count} tasks of {Team} wait although the supervisor was told", waiting.Count, team.Key);
    }

    private async Task<bool> IsToldAsync(Recipients recipients, Notice notice, MorningRun run, CancellationToken cancellation)
    {
        var result = await teams.SendAsync(recipients, notice, cancellation);
        if (result.Outcome == SendOutcome.Later)
        {
            run.PutOff(result.NotBefore);
            return false;
        }

        // The lists show it all the same, and to try again would change nothing.
        if (result.Outcome == SendOutcome.Nobody)
            log.LogWarning("{Kind} has nobody to tell: the list of tasks alone shows it", notice.ActivityType);
        return true;
    }

    // One team that can't be told now must not keep the others from it.
    private async Task TryAsync(MorningRun run, Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException)
        {
            log.LogWarning("A team could not be told of its day: {Failure}", failure.GetType().Name);
            run.Failure = failure;
        }
    }
}
