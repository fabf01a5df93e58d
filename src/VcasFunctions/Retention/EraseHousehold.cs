using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Retention;

/// <summary>Erases the details of a household's people for good. Its course stays as codes and instants, and so do the figures.</summary>
public sealed class EraseHousehold(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/erasure</c></summary>
    [Function(nameof(EraseHousehold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/erasure")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var reason = RequiredField.Value((await Body.ReadAsync<ErasureRequest>(request, cancellation)).Reason, "reason");
        var access = RequestAccess.Of(request);
        try
        {
            return ApiResults.Json(OfferView.Of(
                await commands.ApplyAsync(durable, id, (household, moment) => household.Erase(reason, moment), access, cancellation)));
        }
        catch (RuleBrokenException refused) when (refused.Rule is DisclosureHoldMustBeReleased && IsTheirs(reason))
        {
            // It can't be done yet, and must not be forgotten.
            await commands.ApplyAsync(durable, id, (household, moment) => household.RememberErasureAsked(moment), access, cancellation);
            throw;
        }
    }

    private static bool IsTheirs(ErasureReason reason) => reason == ErasureReason.DataSubjectRequest;
}

/// <summary>The body of an erasure.</summary>
public sealed record ErasureRequest
{
    /// <summary>Why the household is erased.</summary>
    public ErasureReason? Reason { get; init; }
}
