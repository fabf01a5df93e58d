using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace VcasFunctions.Tasks;

/// <summary>Something that waits for a person's decision.</summary>
public sealed record TaskView
{
    /// <summary>What it is.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>The offer's id or, for a number that was passed on, its own.</summary>
    public required Guid Id { get; init; }

    /// <summary>The short reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The team that made the offer, or passed the number on.</summary>
    public required string Team { get; init; }

    /// <summary>Since when it waits, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>For how many working days it has waited.</summary>
    public required int AgeDays { get; init; }

    /// <summary>How often somebody beside the supervisor should have been told of it by now; 0 for not yet.</summary>
    public required int Stage { get; init; }

    /// <summary>What can be done about it.</summary>
    public required TaskAction Action { get; init; }

    /// <summary>The page on which it can be done.</summary>
    public required string Link { get; init; }

    internal static TaskView Of(OpenTask task, TaskStages stages) => new()
    {
        Kind = task.Kind,
        Id = task.Id,
        Reference = task.Kind.IsOfNumber() ? ReferenceOfNumber(task.Id) : Household.ReferenceOf(task.Id),
        Team = task.Team ?? "",
        Since = task.Since,
        AgeDays = stages.AgeOf(task),
        Stage = stages.Of(task),
        Action = task.Kind.ActionOf(),
        Link = task.Kind switch
        {
            TaskKind.DangerUnacknowledged or TaskKind.MeasureMissing or TaskKind.WelfareContactDue => "/console/supervise?part=dangers",
            TaskKind.ReferralRejected or TaskKind.AnswerLate => $"/console/supervise/{task.Id:D}",
            TaskKind.NeverPassedOn or TaskKind.NumberPassedOn => "/console/supervise?part=tasks",
            _ => $"/console/call-backs/{task.Id:D}",
        },
    };

    /// <summary>A short reference of a number that was passed on. It says nothing of the number.</summary>
    internal static string ReferenceOfNumber(Guid id) => $"PN-{id.ToString("N")[..6].ToUpperInvariant()}";
}

/// <summary>What waits for a person's decision, the most urgent first and then the oldest.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Tasks">Those that were asked for.</param>
public sealed record TaskPage(int Total, IReadOnlyList<TaskView> Tasks);
