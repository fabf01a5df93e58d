using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>An officer records an offer. 201 the first time, 200 for the same again, 409 for the same id with other contents.</summary>
public sealed class RecordOffer(
    OfferRecorder recorder,
    CallBarriers barriers,
    Likenesses likenesses,
    ReadLog reads,
    IOptionsMonitor<SafetyOptions> safety,
    IOptionsMonitor<LawOptions> law,
    VcasSettings settings,
    ILogger<RecordOffer> log)
{
    /// <summary><c>PUT /api/offers/{offerId}</c></summary>
    [Function(nameof(RecordOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/offers/{offerId}")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<OfferRequest>(request, cancellation);
        var moment = settings.Moment;
        var access = RequestAccess.Of(request);
        var details = OfferReader.Read(sent, access.Membership.TeamOfNewOffers, moment.Now);
        if (!access.Reaches(details.Team, settings.Teams.Find(details.Team)?.CallBackTeam, null))
            throw new ProblemException(Problem.NotYourTeam);
        IReadOnlyList<AlikeHousehold>? alike = null;
        var (household, isNew) = await RecordAsync();
        if (isNew) log.LogInformation("Offer {Reference} recorded, {State}", household.Reference, household.State);
        else await reads.RecordAnsweredAgainAsync(id, access.Actor, cancellation);
        // The body names no team, so without this check an officer of another team could learn of a household by its id.
        if (!access.Reaches(household)) throw new ProblemException(Problem.IdUsedForAnotherOffer);
        if (!isNew) await FindAlikeAsync(household);
        var view = OfferView.Of(access.Redact(household, moment.Now)) with
        {
            Alike = alike,
            Remark = RemarkOn(household, alike) ?? CallHoursRemark.For(household, settings.Calendar.Hours),
        };
        return ApiResults.Json(view.WithDangerRemark(safety.CurrentValue), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);

        async Task<(Household Household, bool IsNew)> RecordAsync()
        {
            var hash = HouseholdRow.HashOf(sent);
            try
            {
                var never = await DoNotCallAsync(details, id, cancellation);
                var recorded = OfferTransitions.Record(
                    id, details, settings.Teams.Find(details.Team), settings.Policy, settings.SchemeStart, moment, never,
                    law.CurrentValue.InForce);
                Rules.Keep(new LateOfferMustBeConfirmed(
                    details.OfferedAt, moment.Now, settings.Policy.LateOfferDays, sent.OfferedAtConfirmed ?? false));
                // The offer itself doesn't keep it. If this fails, nothing is confirmed and the device sends the same again.
                var barred = details.Answer == OfferAnswer.DoNotContact ? details.Numbers : [];
                return await recorder.RecordAsync(durable, recorded, barred, hash, access.Actor, FindAlikeAsync, cancellation);
            }
            catch (RuleBrokenException)
            {
                // A phone that lost the answer may send the offer again later, when a new one would be refused as too old.
                if (await recorder.FindSameAsync(id, hash, cancellation) is { } known) return (known, false);
                throw;
            }
        }

        async Task FindAlikeAsync(Household stored) => alike = await likenesses.FindAsync(
            id, stored.Details.Numbers, stored.Details.CrimeReference, access, cancellation);
    }

    // Whom nobody asked is referred at once where support is opt-out, but not against what somebody said of the number. Whoever else may be
    // called is asked about once it is stored, and its orchestration holds it: the earlier look would find no more.
    private async Task<(Guid, string)?> DoNotCallAsync(OfferDetails details, Guid id, CancellationToken cancellation) =>
        settings.Policy.ConsentModel == ConsentModel.OptOut
        && details is { Answer: OfferAnswer.NotAsked, Numbers: { Count: > 0 } numbers }
        && await barriers.DoNotCallAsync(numbers, id, cancellation) is { } barrier
            ? (barrier.CausedBy, barrier.By)
            : null;

    // A yes that nobody can act on yet, or a second acceptance at the door, while the household still waits to be called under the first
    // offer.
    private static string? RemarkOn(Household household, IReadOnlyList<AlikeHousehold>? alike)
    {
        if (household.State != HouseholdState.Referred) return null;
        if (household.AwaitsRoute) return RouteRemark.Waiting;
        if (household.Details.Answer != OfferAnswer.Accepted) return null;
        var waiting = (alike ?? []).Where(other => other is
        {
            SameNumber: true,
            State: HouseholdState.Waiting or HouseholdState.Due or HouseholdState.Held,
        }).ToList();
        return waiting.Count == 0
            ? null
            : $"This number stands already under {string.Join(", ", waiting.Select(other => other.Reference))} of your team, which waits "
                + "to be called. "
                + "Where it is the same household, merge that one into this as a duplicate; nobody calls it meanwhile.";
    }
}
