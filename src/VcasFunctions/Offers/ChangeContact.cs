using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>A new safe route: before a call, after a wrong number, or for a referral that VCAS already has.</summary>
public sealed class ChangeContact(HouseholdCommands commands, CallBarriers barriers, VcasSettings settings)
{
    /// <summary><c>PUT /api/offers/{offerId}/contact</c></summary>
    [Function(nameof(ChangeContact))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/offers/{offerId}/contact")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<ContactRequest>(request, cancellation);
        // Of a number that stays is asked what is asked of every household's.
        var barrier = OfferReader.ReadNumbers(sent) is { Count: > 0 } given
            ? await barriers.DoNotCallAsync(given, id, cancellation) : null;
        var changed = await commands.ApplyAsync(
            durable,
            id,
            (household, moment) =>
                Changed(household.ChangeContact(OfferReader.Read(sent, household.Details.Contact)!, moment), barrier, moment),
            RequestAccess.Of(request),
            cancellation);
        return ApiResults.Json(OfferView.Of(changed) with { Remark = CallHoursRemark.For(changed, settings.Calendar.Hours) });
    }

    // Nobody is called under this number, and nobody but the household's supervisor is told.
    private static Transition Changed(Transition change, CallBarrier? barrier, Moment moment) => barrier?.After(change, moment) ?? change;
}
