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
public sealed class ChangeContact(HouseholdCommands commands, CallBarriers barriers, Likenesses likenesses, VcasSettings settings)
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
        var numbers = OfferReader.ReadNumbers(sent);
        var barrier = numbers.Count > 0 ? await barriers.DoNotCallAsync(numbers, id, cancellation) : null;
        var access = RequestAccess.Of(request);
        var changed = await commands.ApplyAsync(
            durable,
            id,
            (household, moment) =>
                Changed(household.ChangeContact(OfferReader.Read(sent, household.Details.Contact)!, moment), barrier, moment),
            access,
            cancellation);
        return ApiResults.Json(OfferView.Of(changed) with
        {
            Alike = await likenesses.FindAsync(
                id, numbers, numbers.Count > 0 ? changed.Details.CrimeReference : null, access, cancellation),
            Remark = CallHoursRemark.For(changed, settings.Calendar.Hours),
        });
    }

    // Nobody is called under this number, and nobody but the household's supervisor is told.
    private static Transition Changed(Transition change, CallBarrier? barrier, Moment moment) => barrier?.After(change, moment) ?? change;
}
