using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>An officer records an offer. 201 the first time, 200 for the same again, 409 for the same id with other contents.</summary>
public sealed class RecordOffer(Casework casework, VcasSettings settings)
{
    /// <summary><c>PUT /api/offers/{offerId}</c></summary>
    [Function(nameof(RecordOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/offers/{offerId}")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient time,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<OfferRequest>(request, cancellation);
        var moment = settings.Moment;
        var details = OfferReader.Read(sent, settings.Options.DefaultTeam, moment.Now);
        var recorded = OfferTransitions.Record(id, details, settings.Teams.Find(details.Team), settings.Policy, settings.SchemeStart, moment);
        var (offer, isNew) = await casework.RecordAsync(time, recorded, OfferEntity.HashOf(sent), Actor.Officer, cancellation);
        return Reply.With(OfferView.Of(offer), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}
