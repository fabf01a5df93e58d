using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain;
using Vcas.Domain.Audit;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>
/// A front desk passes on the number of somebody who got in touch. It learns nothing by that: the answer is the same whether or not a
/// household is known.
/// </summary>
public sealed class PassOnNumber(
    PassedNumbers numbers, NumberNotices notices, HouseholdSearch search, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>PUT /api/passed-numbers/{numberId}</c></summary>
    [Function(nameof(PassOnNumber))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/passed-numbers/{numberId}")] HttpRequest request,
        string numberId,
        CancellationToken cancellation)
    {
        var id = Id.Of(numberId, nameof(numberId));
        var sent = await Body.ReadAsync<PassedNumberRequest>(request, cancellation);
        var (access, key) = (RequestAccess.Of(request), new SearchKey(SearchBy.Phone, Phone(sent.Phone)));
        var said = RequiredField.Value(sent.Said, "said");
        var (team, callBackTeam) = await WhoseAsync(key, access, cancellation);
        var number = new PassedNumber
        {
            Id = id,
            Phone = key.Text,
            Said = said,
            SafeToCall = sent.SafeToCall,
            By = access.Person.Id,
            At = settings.Moment.Now,
            Team = team,
            CallBackTeam = callBackTeam,
        };
        var asked = new { Id = id, Hash = search.HashOf(key), Said = Word.Of(said) };
        await reads.RecordListAsync(access.Actor, AuditKind.Collection, "numberPassedOn", asked, 1, cancellation);
        var (stored, isNew) = await numbers.AddAsync(number, cancellation);
        Rules.Keep(new PassedNumberMustBeTheSame(stored.IsSameAs(number)));
        await notices.TellAsync(cancellation);
        return ApiResults.Json(
            new PassedOnAnswer(id, TaskView.ReferenceOfNumber(id), stored.At),
            isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static string Phone(string? written)
    {
        var advice = string.IsNullOrWhiteSpace(written)
            ? "Give the number at which they can be called."
            : PhoneNumberReader.Advice(PhoneNumberReader.Read(written, out _));
        return !string.IsNullOrWhiteSpace(written) && PhoneNumberReader.TryRead(written, out var e164)
            ? e164
            : throw new ProblemException(Problem.InvalidFields([new FieldProblem("phone", advice)]));
    }

    // The team that calls the household of this number, whosever it is; else the one that calls for whoever passes it on.
    private async Task<(string Team, string CallBackTeam)> WhoseAsync(
        SearchKey key, RequestAccess access, CancellationToken cancellation)
    {
        var found = (await search.FindAsync(key, _ => true, cancellation)).Households;
        var household = found.OrderByDescending(one => one.IsOpen).FirstOrDefault();
        if (household is not null && settings.Teams.IsCallBackTeam(household.Assignee.Team))
            return (household.Details.Team, household.Assignee.Team);
        var (membership, teams) = (access.Membership, settings.Teams);
        var own = membership.TeamOfNewOffers ?? First(membership.Teams) ?? settings.Options.DefaultTeam;
        var calls = teams.Find(own)?.CallBackTeam ?? First(membership.CallBackTeams) ?? First(teams.CallBackTeams);
        return (own, calls ?? "");
    }

    private static string? First(IReadOnlyList<string> names) => names is [var first, ..] ? first : null;
}
