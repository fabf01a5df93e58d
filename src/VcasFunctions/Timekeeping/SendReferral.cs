using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using VcasFunctions.Households;
using VcasFunctions.Referrals;

namespace VcasFunctions.Timekeeping;

/// <summary>Sends what a household's outbox holds for VCAS, oldest first, and notes each as sent once the queue has it.</summary>
public sealed class SendReferral(HouseholdReader households, HouseholdCommands commands, ReferralSender queue)
{
    /// <summary>Sends; a failure leaves what is unsent in the outbox, to be tried again under the same message id.</summary>
    [Function(nameof(SendReferral))]
    public async Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation)
    {
        var household = await households.ReadAsync(offerId, cancellation);
        var plan = Plan.For(household);
        foreach (var message in household.Leaving().Where(dispatch => dispatch.IsMessage))
        {
            await queue.SendAsync(household, message, cancellation);
            plan = await commands.AdvanceAsync(
                offerId, (now, moment) => now.MessageSent(message.Referral!.Id, message.Id, moment), cancellation);
        }

        return plan;
    }
}
