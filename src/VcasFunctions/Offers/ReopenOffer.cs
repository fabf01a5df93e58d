using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Offers;

/// <summary>A supervisor undoes a closing or a withdrawal that was a mistake: the household waits again.</summary>
public sealed class ReopenOffer(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/reopening</c></summary>
    [Function(nameof(ReopenOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/reopening")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var reason = RequiredField.Value((await Body.ReadAsync<ReopeningRequest>(request, cancellation)).Reason, "reason");
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, id, (household, moment) => household.Reopen(reason, moment), RequestAccess.Of(request), cancellation)));
    }
}

/// <summary>The body of a reopening.</summary>
public sealed record ReopeningRequest
{
    /// <summary>Why the offer is reopened.</summary>
    public ReopeningReason? Reason { get; init; }
}
