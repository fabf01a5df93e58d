using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Settings;

namespace VcasFunctions.CallBacks;

/// <summary>Puts a household that already waits under the policy in force now. Without this a change never reaches it.</summary>
public sealed class ApplyPolicy(HouseholdCommands commands, VcasSettings settings)
{
    /// <summary><c>POST /api/call-backs/{offerId}/policy</c></summary>
    [Function(nameof(ApplyPolicy))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/call-backs/{offerId}/policy")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation) =>
        ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            Id.Of(offerId, nameof(offerId)),
            (household, moment) => household.ApplyPolicy(settings.Policy, moment),
            RequestAccess.Of(request),
            cancellation)));
}
