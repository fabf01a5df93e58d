namespace VcasFunctions.Households;

/// <summary>One household in danger.</summary>
public sealed record DangerView
{
    /// <summary>The offer's id.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>The short reference, the same as in the notification.</summary>
    public required string Reference { get; init; }

    /// <summary>The team that made the offer.</summary>
    public required string Team { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the next recipient was told last, UTC.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When somebody acknowledged it, UTC; absent while nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When somebody has to have said what was done, UTC; absent while nobody has acknowledged it.</summary>
    public DateTimeOffset? MeasureDueAt { get; init; }

    /// <summary>From when a welfare contact is to be made, UTC; absent where none is planned, or it was made.</summary>
    public DateTimeOffset? WelfareFrom { get; init; }

    /// <summary>By when, UTC.</summary>
    public DateTimeOffset? WelfareBy { get; init; }

    /// <summary>Since when nobody could be told of it in Teams, UTC; absent while somebody can.</summary>
    public DateTimeOffset? UntoldSince { get; init; }

    /// <summary>The risks that are a danger.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>Whether a child there may be a direct victim.</summary>
    public bool ChildMayBeDirectVictim { get; init; }

    /// <summary>
    /// True if this line of the list can't be read: open the household to see its risks. The line is made again within the hour.
    /// </summary>
    public bool Damaged { get; init; }
}
