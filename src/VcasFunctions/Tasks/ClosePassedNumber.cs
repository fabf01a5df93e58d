using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Tasks;

/// <summary>Somebody of the call-back team says what became of a number that was passed on.</summary>
public sealed class ClosePassedNumber(PassedNumbers numbers, ReadLog reads)
{
    /// <summary><c>POST /api/passed-numbers/{numberId}/outcome</c></summary>
    [Function(nameof(ClosePassedNumber))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/passed-numbers/{numberId}/outcome")] HttpRequest request,
        string numberId,
        CancellationToken cancellation)
    {
        var (id, access) = (Id.Of(numberId, nameof(numberId)), RequestAccess.Of(request));
        var sent = await Body.ReadAsync<PassedNumberOutcomeRequest>(request, cancellation);
        var outcome = RequiredField.Value(sent.Outcome, "outcome");
        var number = await numbers.FindAsync(id, cancellation);
        if (number is null || !access.Reaches(number.Team, number.CallBackTeam, null))
            throw new ProblemException(Problem.NotFound("number that was passed on"));
        var asked = new { Id = id, Outcome = Word.Of(outcome) };
        await reads.RecordListAsync(access.Actor, AuditKind.Alteration, "passedNumberClosed", asked, 1, cancellation);
        // Without the number: who closes it has seen it, and nobody needs it any more.
        return ApiResults.Json(PassedNumberView.Of(await numbers.CloseAsync(id, outcome, cancellation), showsNumber: false, []));
    }
}
