using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Referrals;

/// <summary>Sends VCAS the newest version of a referral once more, because its message was set aside.</summary>
public sealed class SendReferralAgain(HouseholdCommands commands)
{
    /// <summary><c>POST /api/referrals/{referralId}/sending</c></summary>
    [Function(nameof(SendReferralAgain))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/referrals/{referralId}/sending")] HttpRequest request,
        string referralId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(referralId, nameof(referralId));
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, id, (household, moment) => household.SendReferralAgain(id, moment), RequestAccess.Of(request), cancellation)));
    }
}
