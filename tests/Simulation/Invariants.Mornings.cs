using System.Net.Http.Json;
using System.Text.Json;
using LocalAzure.Graph;
using Microsoft.Extensions.DependencyInjection;
using Vcas.Domain.Calendar;
using Vcas.Domain.Teams;
using VcasFunctions.Settings;
using VcasFunctions.Tasks;

namespace Simulation;

/// <summary>
/// Every working morning is told of, no task waits for long with nobody told but its supervisor, and no number passed on is lost.
/// </summary>
internal sealed partial class Invariants
{
    // The timer comes once an hour; a telling that fails rests for some minutes between tries.
    private static readonly TimeSpan LongestMorning = TimeSpan.FromHours(3);

    private async Task MorningsAreToldAsync(DateTimeOffset calmSince, CancellationToken cancellation)
    {
        if (app.Azure.Graph.Outage != GraphOutage.None) seen.GraphFailedAt = now;
        var open = (await app.Services.GetRequiredService<OpenTasks>().ReadAsync(cancellation)).Tasks;
        var today = CallBackCalendar.DateOf(now);
        var settings = app.Services.GetRequiredService<VcasSettings>();
        var opening = settings.Calendar.OpeningOf(today);
        // What a clock that ran ahead has told was told on days that have not come yet.
        if (opening is { } from && settings.Calendar.IsCallMoment(now) && !people.Sights.Contains(Kinds.RanAhead)
            && now - new[] { from, calmSince, seen.GraphFailedAt }.Max() > LongestMorning)
        {
            var marks = app.Services.GetRequiredService<MorningMarks>();
            Must(await marks.IsDayDoneAsync(today, cancellation), $"Nobody was told of the morning of {today}");
            NothingWaitsForLongUntold(open, from, await marks.StagesAsync(cancellation));
            seen.LookedAtMorning = true;
        }

        // A task that began to wait, or was seen for the first time, after the morning is for the next one.
        var known = open.Select(task => (Key: MorningMarks.KeyOf(task), task.Since)).ToHashSet();
        foreach (var gone in seen.Tasks.Keys.Where(task => !known.Contains(task)).ToList()) seen.Tasks.Remove(gone);
        foreach (var task in known) seen.Tasks.TryAdd(task, now);
    }

    private void NothingWaitsForLongUntold(
        IReadOnlyList<OpenTask> open, DateTimeOffset opening, IReadOnlyDictionary<string, ToldStage> told)
    {
        var stages = app.Services.GetRequiredService<TaskStages>();
        foreach (var task in open.Where(task => !task.Kind.HasOwnClock()))
        {
            var key = MorningMarks.KeyOf(task);
            if (!seen.Tasks.TryGetValue((key, task.Since), out var first) || first >= opening || stages.Of(task) == 0) continue;
            Must(
                told.TryGetValue(key, out var to) && to.Since == task.Since && to.Stage >= stages.Of(task),
                $"{key} has waited since {task.Since:MM-dd HH:mm}, and nobody but its supervisor was told; now {now:MM-dd HH:mm}");
        }
    }

    private async Task NoNumberPassedOnIsLostAsync(CancellationToken cancellation)
    {
        foreach (var notice in app.Azure.Graph.Inbox())
        {
            if (notice.ActivityType == "workingDay") sights.Add(Kinds.Morning);
            if (notice.ActivityType == "tasksWaiting") sights.Add(Kinds.TaskToldOn);
        }

        if (seen.LookedAtMorning) sights.Add(Kinds.MorningLookedAt);
        if (people.PassedOn.Count == 0) return;
        var page = await app.Http.GetFromJsonAsync<JsonElement>("api/tasks?limit=1000", cancellation);
        var open = page.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("id").GetGuid()).ToHashSet();
        if (page.GetProperty("total").GetInt32() > 1000) return;
        foreach (var id in people.PassedOn) Must(open.Contains(id), $"{id} was confirmed as passed on, and is no task of anybody");
        sights.Add(Kinds.NumberPassedOn);
    }
}
