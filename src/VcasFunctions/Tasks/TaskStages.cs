using Microsoft.Extensions.Options;
using Vcas.Domain.Teams;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>How old a task is, and how often somebody beside the supervisor should have been told of it by now.</summary>
public sealed class TaskStages(IOptionsMonitor<TasksOptions> options, VcasSettings settings)
{
    /// <summary>Working days for which it has waited.</summary>
    public int AgeOf(OpenTask task)
    {
        var moment = settings.Moment;
        return moment.Calendar.WorkingDaysSince(task.Since, moment.Now);
    }

    /// <summary>The stage of its escalation: 0 while only the supervisor was told.</summary>
    public int Of(OpenTask task)
    {
        var (age, policy) = (AgeOf(task), settings.Policy);
        return task.Kind switch
        {
            TaskKind.DangerUnacknowledged => task.IsEscalated ? 1 : 0,
            // The supervisor is reminded at the day's end, and the deputy every morning from then on.
            TaskKind.MeasureMissing => age,
            // The same, from the end of its time on.
            TaskKind.WelfareContactDue => Math.Max(0, age - ((policy.WelfareByHours - policy.WelfareFromHours) / 24)),
            TaskKind.NoSafeRoute =>
                new[] { policy.SafeRouteDays1, policy.SafeRouteDays2, policy.SafeRouteDays3 }.Count(days => days <= age),
            _ => age / options.CurrentValue.Days,
        };
    }
}
