using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Offers;

/// <summary>The police take an offer back, with a coded reason; a referral that was made is taken back with it.</summary>
public sealed class WithdrawOffer(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/withdrawal</c></summary>
    [Function(nameof(WithdrawOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/withdrawal")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var reason = (await Body.ReadAsync<WithdrawalRequest>(request, cancellation)).NeedReason();
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable, id, (household, moment) => household.Withdraw(reason, moment), RequestAccess.Of(request), cancellation)));
    }
}

/// <summary>The body of a withdrawal.</summary>
public sealed record WithdrawalRequest
{
    /// <summary>Why the offer is withdrawn.</summary>
    public WithdrawalReason? Reason { get; init; }

    internal WithdrawalReason NeedReason() => RequiredField.Value(Reason, "reason");
}
