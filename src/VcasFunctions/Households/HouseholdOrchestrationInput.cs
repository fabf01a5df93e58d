using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>With what a household's history begins.</summary>
/// <param name="OfferId">The household.</param>
/// <param name="Failing">The activities that were tried for long in earlier histories and couldn't be done.</param>
/// <param name="Plan">What it waits for first, where whoever begins it has just made sure of that; null where it is to be read.</param>
public sealed record HouseholdOrchestrationInput(Guid OfferId, IReadOnlyList<string> Failing, Plan? Plan = null);
