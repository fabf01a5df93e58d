using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Referrals;

/// <summary>Takes a referral back after it was made.</summary>
public sealed class WithdrawReferral(HouseholdCommands commands)
{
    /// <summary><c>POST /api/referrals/{referralId}/withdrawal</c></summary>
    [Function(nameof(WithdrawReferral))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/referrals/{referralId}/withdrawal")] HttpRequest request,
        string referralId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(referralId, nameof(referralId));
        var reason = (await Body.ReadAsync<WithdrawalRequest>(request, cancellation)).NeedReason();
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, id, (household, moment) => household.WithdrawReferral(id, reason, moment), RequestAccess.Of(request), cancellation)));
    }
}
