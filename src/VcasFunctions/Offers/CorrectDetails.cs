using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>
/// Puts right what was recorded while the household waits; what it was is kept beside it. Where VCAS has the referral, it is amended.
/// </summary>
public sealed class CorrectDetails(
    HouseholdCommands commands, Likenesses likenesses, IOptionsMonitor<SafetyOptions> safety, VcasSettings settings)
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
        var access = RequestAccess.Of(request);
        var (record, team) = ReadRecord(sent, access);
        var corrected = await commands.ApplyAsync(
            durable,
            id,
            (household, moment) =>
            {
                var change = record is null ? new Transition(household, []) : household.CorrectRecord(record, settings.SchemeStart, moment);
                // Who calls for the team that was there calls this household, and is told where the call is due.
                if (team is not null && team.Name != household.Details.Team)
                    change = change.Then(now => now.Reassign(team.FirstAssignee, settings.Teams));
                return record is not null && !HasDetails(sent)
                    ? change
                    : change.Then(now => now.Correct(OfferReader.Correct(now.Details, sent), moment));
            },
            access,
            cancellation);
        // Of another reference alone: what looked alike before was pointed out before.
        var reference = sent.CrimeReference is null ? null : corrected.Details.CrimeReference;
        return ApiResults.Json(OfferView.Of(corrected).WithDangerRemark(safety.CurrentValue) with
        {
            Alike = await likenesses.FindAsync(id, [], reference, access, cancellation),
        });
    }

    // What of it is of the offer itself; null where nothing is.
    private (RecordCorrection? Record, Team? Team) ReadRecord(DetailsRequest sent, RequestAccess access)
    {
        if (sent is { Answer: null, OfferedAt: null, Team: null, LawfulBasis: null }) return (null, null);
        var team = sent.Team is null ? null : ReadTeam(sent.Team, access);
        return (
            new RecordCorrection(
                sent.Answer, sent.OfferedAt?.ToUniversalTime(), sent.OfferedAtConfirmed ?? false, team, sent.LawfulBasis),
            team);
    }

    private Team ReadTeam(string name, RequestAccess access)
    {
        // As a new offer names it: in the same words it is refused.
        var offer = new OfferRequest { Answer = OfferAnswer.Declined, Team = name };
        var read = OfferReader.Read(offer, defaultTeam: null, settings.Moment.Now);
        var team = settings.Teams.Find(read.Team);
        if (!access.Reaches(read.Team, team?.CallBackTeam, null)) throw new ProblemException(Problem.NotYourTeam);
        Rules.Keep(new TeamMustTakePart(team));
        return team!;
    }

    // All that is not of the offer itself, so that a field which comes later can't be forgotten here.
    private static bool HasDetails(DetailsRequest sent) => sent with
    {
        Answer = null,
        OfferedAt = null,
        OfferedAtConfirmed = null,
        Team = null,
        LawfulBasis = null,
    } != new DetailsRequest();
}
