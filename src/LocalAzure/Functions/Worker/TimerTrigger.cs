using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Starts the function on a schedule: an NCRONTAB expression (six fields, seconds first; five without them), a
/// <see cref="TimeSpan"/>, or either from a setting as <c>%Name%</c>.
/// </summary>
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>A trigger on this schedule.</summary>
    public TimerTriggerAttribute(string schedule) => (Schedule, UseMonitor) = (schedule, true);

    /// <summary>The schedule as written.</summary>
    public string Schedule { get; private set; }

    /// <summary>Whether the last and next occurrence outlive a restart, so that one missed meanwhile is made up for.</summary>
    public bool UseMonitor { get; set; }

    /// <summary>Whether the function also runs when the app starts.</summary>
    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function is told about its schedule.</summary>
public sealed class TimerInfo
{
    /// <summary>The schedule's state; null when it isn't monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this occurrence was due while the app was not running.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>When a schedule came round, and when it will.</summary>
public sealed class ScheduleStatus
{
    /// <summary>The last occurrence.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was written.</summary>
    public DateTime LastUpdated { get; set; }
}
