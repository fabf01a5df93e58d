using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.CallBacks;

/// <summary>Nobody phones until somebody releases it; a hold in force is replaced, and its review put off.</summary>
public sealed class PlaceHold(HouseholdCommands commands)
{
    /// <summary><c>PUT /api/call-backs/{offerId}/hold</c></summary>
    [Function(nameof(PlaceHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/call-backs/{offerId}/hold")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<HoldRequest>(request, cancellation);
        var (reason, reviewAt) = (RequiredField.Value(sent.Reason, "reason"), RequiredField.Value(
            sent.ReviewAt, "reviewAt").ToUniversalTime());
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, id, (household, moment) => household.PlaceHold(reason, reviewAt, moment), RequestAccess.Of(request), cancellation)));
    }
}

/// <summary>The body of a hold.</summary>
public sealed record HoldRequest
{
    /// <summary>Why the call is held.</summary>
    public HoldReason? Reason { get; init; }

    /// <summary>When somebody should decide: then the supervisor is told. The hold goes on until it is released.</summary>
    public DateTimeOffset? ReviewAt { get; init; }
}
