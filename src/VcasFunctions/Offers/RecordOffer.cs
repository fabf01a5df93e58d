using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Dangers;
using VcasFunctions.Problems;
using VcasFunctions.Retention;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>An officer records an offer. 201 the first time, 200 for the same again, 409 for the same id with other contents.</summary>
public sealed class RecordOffer(Casework casework, NeverCalled neverCalled, VcasSettings settings)
{
    private const string Remark = "Somebody asked before that this number never be called about it. The offer is recorded, and nobody will call.";

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
        var visit = Visit.Of(request);
        var details = OfferReader.Read(sent, visit.Membership.TeamOfNewOffers, moment.Now);
        if (!visit.Reaches(details.Team, settings.Teams.Find(details.Team)?.CallBackTeam, null)) throw new ProblemException(Problem.NotYourTeam);
        var (offer, isNew) = await RecordAsync();
        // The offer itself doesn't keep it. Where this fails nothing is confirmed, and the device sends the same again.
        if (details is { Answer: OfferAnswer.DoNotContact, Contact: { } contact }) await neverCalled.AddAsync(contact, cancellation);
        // The same body names no team: another team's officer would be told of a household by its id.
        if (!visit.Reaches(offer)) throw new ProblemException(Problem.IdUsedForAnotherOffer);
        var view = OfferView.Of(offer) with { Remark = IsClosedForItsNumber(offer) ? Remark : HoursRemark.For(offer, settings.Calendar.Hours) };
        return Reply.With(view.WithDangerRemark(settings), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);

        async Task<(Offer Offer, bool IsNew)> RecordAsync()
        {
            var hash = OfferEntity.HashOf(sent);
            try
            {
                var recorded = OfferTransitions.Record(
                    id, details, settings.Teams.Find(details.Team), settings.Policy, settings.SchemeStart, moment,
                    await IsNeverCalledAsync(details, cancellation));
                Rules.Keep(new LateOfferMustBeConfirmed(
                    details.OfferedAt, moment.Now, settings.Policy.LateOfferDays, sent.OfferedAtConfirmed ?? false));
                return await casework.RecordAsync(time, recorded, hash, visit.Actor, cancellation);
            }
            catch (RuleBrokenException)
            {
                // What was recorded stays recorded: a phone that lost the answer may ask again when the same would be refused as too old.
                if (await casework.FindSameAsync(id, hash, visit.Actor, cancellation) is { } known) return (known, false);
                throw;
            }
        }
    }

    // Somebody asked before, under another offer, that this number never be called.
    private async Task<bool> IsNeverCalledAsync(OfferDetails details, CancellationToken cancellation) =>
        details.Answer is OfferAnswer.Declined or OfferAnswer.NotAsked && await neverCalled.IncludesAsync(details.Contact, cancellation);

    private static bool IsClosedForItsNumber(Offer offer) =>
        offer is { Closing.Reason: ClosingReason.DoNotContact, Closing.Withdrawal: null, Attempts.Count: 0, Details.Answer: OfferAnswer.Declined or OfferAnswer.NotAsked };
}
