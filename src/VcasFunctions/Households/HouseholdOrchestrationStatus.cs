using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>What an orchestration shows of itself.</summary>
/// <param name="Stage">What it waits for.</param>
/// <param name="WakeAt">Until when, UTC.</param>
/// <param name="Revision">The revision of the offer that it has read.</param>
/// <param name="ListensFor">The event that would wake it.</param>
public sealed record HouseholdOrchestrationStatus(Stage Stage, DateTimeOffset? WakeAt, int Revision, string ListensFor);
