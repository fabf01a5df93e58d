using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Offers;

/// <summary>
/// A supervisor takes back that a number never be called, with a coded reason: what it kept from being called is free again.
/// </summary>
public sealed class WithdrawDoNotCall(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/never/withdrawal</c></summary>
    [Function(nameof(WithdrawDoNotCall))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/never/withdrawal")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var reason = RequiredField.Value((await Body.ReadAsync<DoNotCallWithdrawalRequest>(request, cancellation)).Reason, "reason");
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, id, (household, moment) => household.TakeNeverBack(reason, moment), RequestAccess.Of(request), cancellation)));
    }
}

/// <summary>That a number may be called again.</summary>
public sealed record DoNotCallWithdrawalRequest
{
    /// <summary>Why it is taken back.</summary>
    public NeverTakenBackReason? Reason { get; init; }
}
