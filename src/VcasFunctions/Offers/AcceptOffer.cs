using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Offers;

/// <summary>The household wants support, at whatever point after the offer: a referral goes to VCAS now.</summary>
public sealed class AcceptOffer(HouseholdCommands commands, TimeProvider clock)
{
    /// <summary><c>POST /api/offers/{offerId}/acceptance</c></summary>
    [Function(nameof(AcceptOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/acceptance")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<AcceptanceRequest>(request, cancellation);
        var acceptedAt = sent.AcceptedAt?.ToUniversalTime() ?? clock.GetUtcNow();
        var consent = ConsentReader.Read(sent.Consent);
        // What can't be right of any household is refused before one is looked for.
        OfferReader.ReadNumbers(sent.Contact);
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            id,
            (household, moment) => household.Accept(
                acceptedAt,
                sent.HouseholdAsked ?? false,
                OfferReader.Read(sent.Contact, household.Details.Contact),
                sent.LawfulBasis,
                moment,
                consent),
            RequestAccess.Of(request),
            cancellation)).WithRouteRemark());
    }
}

/// <summary>An acceptance; an empty object will do.</summary>
public sealed record AcceptanceRequest
{
    /// <summary>Now if it is left out.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The household came forward by itself; needed after "do not contact".</summary>
    public bool? HouseholdAsked { get; init; }

    /// <summary>How they are reached, if nothing is known of it or another way is safer now.</summary>
    public ContactRequest? Contact { get; init; }

    /// <summary>The ground for the referral.</summary>
    public LawfulBasis? LawfulBasis { get; init; }

    /// <summary>What they said yes or no to, where they were asked.</summary>
    public ConsentRequest? Consent { get; init; }
}
