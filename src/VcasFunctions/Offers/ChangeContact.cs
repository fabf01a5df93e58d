using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Problems;
using VcasFunctions.Retention;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>A new safe route: before a call, after a wrong number, or for a referral that VCAS already has.</summary>
public sealed class ChangeContact(Casework casework, NeverCalled neverCalled, VcasSettings settings)
{
    /// <summary><c>PUT /api/offers/{offerId}/contact</c></summary>
    [Function(nameof(ChangeContact))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/offers/{offerId}/contact")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient time,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var contact = OfferReader.Read(await Body.ReadAsync<ContactRequest>(request, cancellation))!;
        // Nobody would be called under this number: then nobody waits for the call either.
        var isNeverCalled = await neverCalled.IncludesAsync(contact, cancellation);
        var changed = await casework.ApplyAsync(
            time, id, (offer, moment) => isNeverCalled && offer.IsOpen ? offer.Withdraw(WithdrawalReason.DoNotContact, moment) : offer.ChangeContact(contact, moment), Visit.Of(request), cancellation);
        return Reply.With(OfferView.Of(changed) with { Remark = HoursRemark.For(changed, settings.Calendar.Hours) });
    }
}
