using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>Stops the start where a task would be told of every day for ever, or never.</summary>
public sealed class TasksOptionsValidator : SettingsValidator<TasksOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(TasksOptions options)
    {
        if (options.Days is < 1 or > 30) yield return "Vcas:Tasks:Days must lie between 1 and 30.";
    }
}
