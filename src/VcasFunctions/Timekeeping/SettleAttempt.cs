using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>The time to undo an outcome is over: what it tells VCAS and others may leave.</summary>
public sealed class SettleAttempt(HouseholdCommands commands)
{
    /// <summary>
    /// Applies it where the offer still asks for it, and gives what comes next. It is stored before anything leaves, so that nobody undoes
    /// what VCAS is being told.
    /// </summary>
    [Function(nameof(SettleAttempt))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(
            offerId, (household, moment) => new Transition(household.SettleAttempt(moment.Now), []), cancellation);
}
