namespace Vcas.Domain.Households;

/// <summary>
/// A danger that somebody recorded and that can't wait for a call in three weeks. Codes and instants; which risk it is stands, sealed,
/// among the details. Told means acknowledged: until somebody says that they know of it, others are told.
/// </summary>
public sealed record Danger
{
    /// <summary>1, and one more each time that a further risk of this kind is recorded.</summary>
    public required int Number { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the next recipient is told unless somebody has acknowledged it by then, UTC; null once somebody has.</summary>
    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>How often that has happened.</summary>
    public int Escalations { get; init; }

    /// <summary>When it happened last, UTC.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When somebody acknowledged it, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>
    /// When the supervisor is reminded unless somebody has said by then what was done, UTC; null until it is acknowledged, and once
    /// somebody has.
    /// </summary>
    public DateTimeOffset? MeasureDueAt { get; init; }

    /// <summary>How often that has happened.</summary>
    public int MeasureReminders { get; init; }

    /// <summary>What was done about it, oldest first.</summary>
    public IReadOnlyList<DangerMeasure> Measures { get; init; } = [];

    /// <summary>What was done about those before it, oldest first.</summary>
    public IReadOnlyList<DangerMeasure> EarlierMeasures { get; init; } = [];

    /// <summary>The welfare contact that follows; null while nobody has said what was done, and where none is to be made.</summary>
    public WelfareContact? Welfare { get; init; }

    /// <summary>Whether somebody must still act: nobody has acknowledged it, or nobody has said what was done.</summary>
    public bool IsOpen => AcknowledgedAt is null || Measures.Count == 0;

    /// <summary>Whether somebody must still see to it: it is open, or nobody has asked since how they are.</summary>
    public bool NeedsSomebody => IsOpen || Welfare is { IsOpen: true };

    /// <summary>Without the references of what was done, and without anything that is still waited for.</summary>
    internal Danger Erased() => this with
    {
        EscalateAt = null,
        MeasureDueAt = null,
        Welfare = Welfare?.Over(),
        Measures = [.. Measures.Select(measure => measure with { Reference = null })],
        EarlierMeasures = [.. EarlierMeasures.Select(measure => measure with { Reference = null })],
    };
}

/// <summary>What was done about a danger.</summary>
/// <param name="Action">What.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Reason">Why nothing was done, with <see cref="DangerAction.None"/>.</param>
/// <param name="Reference">The notification's reference, with <see cref="DangerAction.SafeguardingNotification"/>.</param>
public sealed record DangerMeasure(DangerAction Action, DateTimeOffset At, NoActionReason? Reason, string? Reference);

/// <summary>Which risks are a danger today.</summary>
public static class Risks
{
    /// <summary>Whether somebody may come to harm before anybody phones.</summary>
    public static bool IsDanger(this Risk risk) => risk is Risk.SelfHarm or Risk.Violence or Risk.ChildAtRisk;
}

/// <summary>How a danger comes to be known: with whatever records or corrects a household's risks, or by itself.</summary>
internal static class FoundDangers
{
    /// <summary>
    /// What was decided, with the danger that it brings: where the details hold such a risk that those before did not, the supervisor is
    /// told at once, day or night, whatever else becomes of the household.
    /// </summary>
    internal static Transition WithDanger(this Transition change, OfferDetails? before, Moment moment)
    {
        var details = change.Household.Details;
        var isFound = details.Risks.Any(risk => risk.IsDanger() && !(before?.Risks ?? []).Contains(risk))
            || (details.ChildMayBeDirectVictim && before is not { ChildMayBeDirectVictim: true });
        return isFound ? change.Endangered(moment) : change;
    }

    /// <summary>What was decided, with a danger beside it that nobody knows of yet. What was done about the one before is kept.</summary>
    internal static Transition Endangered(this Transition change, Moment moment)
    {
        var household = change.Household;
        var before = household.Danger;
        var number = (before?.Number ?? 0) + 1;
        return new Transition(
            household with
            {
                Revision = household.Revision + 1,
                Undoable = null,
                Danger = new Danger
                {
                    Number = number,
                    Since = moment.Now,
                    EscalateAt = moment.Now.AddMinutes(household.Policy.AcknowledgeMinutes),
                    EarlierMeasures = before is null ? [] : [.. before.EarlierMeasures, .. before.Measures],
                },
                Outbox =
                [
                    .. household.Outbox.Where(dispatch => !dispatch.IsDanger && !dispatch.IsOfWelfare),
                    new Dispatch($"danger-{number}", DispatchKind.DangerRecorded),
                ],
            },
            [.. change.Events, new DangerRecorded(number)]);
    }
}
