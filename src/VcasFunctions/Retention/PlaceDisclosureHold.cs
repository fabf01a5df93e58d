using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Retention;

/// <summary>Nothing of a household is erased until somebody releases it; one that stands is replaced, and its review put off.</summary>
public sealed class PlaceDisclosureHold(HouseholdCommands commands)
{
    /// <summary><c>PUT /api/offers/{offerId}/disclosure-hold</c></summary>
    [Function(nameof(PlaceDisclosureHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/offers/{offerId}/disclosure-hold")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<DisclosureHoldRequest>(request, cancellation);
        var reason = RequiredField.Value(sent.Reason, "reason");
        var reviewAt = RequiredField.Value(sent.ReviewAt, "reviewAt").ToUniversalTime();
        return ApiResults.Json(DisclosureHoldAnswer.Of(await commands.ApplyAsync(
            durable,
            id,
            (household, moment) => household.PlaceDisclosureHold(reason, reviewAt, moment),
            RequestAccess.Of(request),
            cancellation)));
    }
}

/// <summary>The body of a disclosure hold.</summary>
public sealed record DisclosureHoldRequest
{
    /// <summary>Why nothing may be erased.</summary>
    public DisclosureReason? Reason { get; init; }

    /// <summary>When somebody should look whether it is still needed: then the supervisor is told. It goes on until released.</summary>
    public DateTimeOffset? ReviewAt { get; init; }
}
