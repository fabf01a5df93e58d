using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.CallBacks;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.CallBacks;

/// <summary>A household is visited, or written to by hand, although a number is known.</summary>
public sealed class PlanVisit(HouseholdCommands commands)
{
    /// <summary><c>PUT /api/call-backs/{offerId}/visit</c></summary>
    [Function(nameof(PlanVisit))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/call-backs/{offerId}/visit")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation) =>
        ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            Id.Of(offerId, nameof(offerId)),
            (household, moment) => household.PlanVisit(moment),
            RequestAccess.Of(request),
            cancellation)));
}
