using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>The danger that was recorded last: whether anybody knows of it, and what was done.</summary>
public sealed record KnownDanger
{
    /// <summary>1, and one more each time that a further one is recorded.</summary>
    public required int Number { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the next recipient is told unless somebody has acknowledged it by then, UTC; absent once somebody has.</summary>
    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>How often that has happened.</summary>
    public int Escalations { get; init; }

    /// <summary>When it happened last, UTC.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When somebody acknowledged it, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>
    /// When the supervisor is reminded unless somebody has said by then what was done, UTC; absent until it is acknowledged, and once
    /// somebody has.
    /// </summary>
    public DateTimeOffset? MeasureDueAt { get; init; }

    /// <summary>How often that has happened.</summary>
    public int MeasureReminders { get; init; }

    /// <summary>What was done about it, oldest first.</summary>
    public required IReadOnlyList<DangerMeasure> Measures { get; init; }

    /// <summary>What was done about those before it, oldest first.</summary>
    public required IReadOnlyList<DangerMeasure> EarlierMeasures { get; init; }

    /// <summary>The welfare contact that follows, apart from the offer; absent while nobody has said what was done.</summary>
    public WelfareContact? Welfare { get; init; }

    /// <summary>Whether somebody must still act: nobody has acknowledged it, or nobody has said what was done.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True in the answer to whoever records one that nobody has acknowledged: this raises no alarm.</summary>
    public bool? AlertsNobody { get; init; }

    /// <summary>Whom to call in a danger; present with alertsNobody.</summary>
    public string? ControlRoom { get; init; }

    /// <summary>What applies where a child may be a direct victim; present with alertsNobody where that was recorded.</summary>
    public string? DirectVictim { get; init; }

    internal static KnownDanger? Of(Danger? danger) => danger is null ? null : new KnownDanger
    {
        Number = danger.Number,
        Since = danger.Since,
        EscalateAt = danger.EscalateAt,
        Escalations = danger.Escalations,
        EscalatedAt = danger.EscalatedAt,
        AcknowledgedAt = danger.AcknowledgedAt,
        MeasureDueAt = danger.MeasureDueAt,
        MeasureReminders = danger.MeasureReminders,
        Measures = danger.Measures,
        EarlierMeasures = danger.EarlierMeasures,
        Welfare = danger.Welfare,
        IsOpen = danger.IsOpen,
    };
}
