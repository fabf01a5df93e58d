using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Dangers;

/// <summary>Somebody knows of the danger and sees to it: only then has anybody been told.</summary>
public sealed class AcknowledgeDanger(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/danger/acknowledgement</c></summary>
    [Function(nameof(AcknowledgeDanger))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/danger/acknowledgement")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation) =>
        ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, Id.Of(offerId, nameof(offerId)), (household, moment) => household.AcknowledgeDanger(moment), RequestAccess.Of(
                request), cancellation)));
}
