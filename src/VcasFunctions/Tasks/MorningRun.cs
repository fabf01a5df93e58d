using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>What one telling of a morning knows.</summary>
/// <param name="day">London's date.</param>
/// <param name="work">What is to be done.</param>
/// <param name="known">Up to which stage each task was told before.</param>
/// <param name="away">Whose supervisor is away.</param>
internal sealed class MorningRun(
    DateOnly day, OpenWork work, IReadOnlyDictionary<string, ToldStage> known, AbsentTeams away)
{
    /// <summary>London's date.</summary>
    public DateOnly Day => day;

    /// <summary>When Teams takes more, UTC; null while nothing had to be put off.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Why some team could not be told.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Notes that something has to be told later.</summary>
    public void PutOff(DateTimeOffset until) => Next = Next > until ? Next : until;

    /// <summary>Up to which stage a task was told. One that ended and began anew starts again.</summary>
    public int StageOf(OpenTask task) =>
        known.TryGetValue(MorningMarks.KeyOf(task), out var told) && told.Since == task.Since ? told.Stage : 0;

    /// <summary>The teams that have something to do, each with what is theirs.</summary>
    public IEnumerable<MorningTeam> Teams(VcasOptions options)
    {
        var calls = work.Calls.ToLookup(call => options.KeyOfTeam(call.Team ?? ""));
        var tasks = work.Tasks.ToLookup(task => options.KeyOfTeam(task.Team ?? ""));
        foreach (var key in calls.Select(team => team.Key).Union(tasks.Select(team => team.Key)).Order(StringComparer.Ordinal))
        {
            yield return new MorningTeam(
                key, options.OptionsOfTeam(key), away.Contains(key), [.. calls[key]], [.. tasks[key]]);
        }
    }
}

/// <summary>One team on a morning.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Options">How it is served.</param>
/// <param name="IsAway">Whether its supervisor is away.</param>
/// <param name="Calls">Its calls.</param>
/// <param name="Tasks">Its tasks, the most urgent first.</param>
internal sealed record MorningTeam(
    string Key, TeamOptions? Options, bool IsAway, IReadOnlyList<OpenCall> Calls, IReadOnlyList<OpenTask> Tasks);
