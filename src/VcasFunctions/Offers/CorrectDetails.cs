using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Offers;

/// <summary>
/// Puts right what was recorded while the household waits; what it was is kept beside it. Where VCAS has the referral, it is amended.
/// </summary>
public sealed class CorrectDetails(HouseholdCommands commands, IOptionsMonitor<SafetyOptions> safety)
{
    /// <summary><c>PUT /api/offers/{offerId}/details</c></summary>
    [Function(nameof(CorrectDetails))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/offers/{offerId}/details")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<DetailsRequest>(request, cancellation);
        var corrected = await commands.ApplyAsync(
            durable, id, (household, moment) => household.Correct(OfferReader.Correct(household.Details, sent), moment), RequestAccess.Of(
                request), cancellation);
        return ApiResults.Json(OfferView.Of(corrected).WithDangerRemark(safety.CurrentValue));
    }
}
