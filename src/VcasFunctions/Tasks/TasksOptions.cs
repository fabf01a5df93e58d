namespace VcasFunctions.Tasks;

/// <summary>What waits for a person, and the morning on which they are told of it, section <c>Vcas:Tasks</c>.</summary>
public sealed record TasksOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Tasks";

    /// <summary>Working days after which a task that nobody moved is told to the deputy, and between one telling and the next.</summary>
    public int Days { get; init; } = 2;

    /// <summary>
    /// When it is looked whether the working day has begun, NCRONTAB with seconds, UTC. What was told of is not told again, so an hour that
    /// was missed is made up in the next.
    /// </summary>
    public string Schedule { get; init; } = "0 0 * * * *";
}
