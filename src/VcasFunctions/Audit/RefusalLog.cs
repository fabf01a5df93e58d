using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Problems;
using VcasFunctions.Tables;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Audit;

/// <summary>
/// Writes down who asked for what and was refused it: by rule, by role, or because the household is not theirs. Nothing of what was
/// sent comes in, and nothing of what is there: the function, the status and the problem's number.
/// </summary>
public sealed class RefusalLog(VcasTables tables, ReadLog reads, ILogger<RefusalLog> log)
{
    /// <summary>A request that ended with a problem.</summary>
    public async Task WriteAsync(HttpContext http, string function, Problem problem, CancellationToken cancellation)
    {
        // Requests refused because they come too often or too slowly are not recorded: they would fill the audit.
        if (problem.Status is < 400 or >= 500 or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests) return;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var isAtTheDoor = problem.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        // A read that could not be understood named no household. A read that was refused by role did.
        if (isRead && !isAtTheDoor) return;
        if (isAtTheDoor) CountAndLog(function, problem.Status, problem.Code);
        else Metrics.CountRefusal(problem.Status);
        if (ActorOf(http) is not { } actor) return;

        var what = isRead ? "readRefused" : "commandRefused";
        var refused = new Refused(function, problem.Status, problem.Code, problem.Claim is null ? null : "claim");
        if (HouseholdOf(http.Request.Path) is not { } id)
        {
            await reads.RecordListAsync(actor, AuditKind.Refusal, what, refused, 0, cancellation);
        }
        else if (await ExistsAsync(id, cancellation))
        {
            // The household exists, and was answered as if it did not: it belongs to another team.
            if (problem.Status == StatusCodes.Status404NotFound) CountAndLog(function, problem.Status, problem.Code);
            await reads.RecordRefusalAsync(id, actor, what, refused, cancellation);
        }
        else
        {
            await reads.RecordListAsync(actor, AuditKind.Refusal, what, refused with { OfferId = id }, 0, cancellation);
        }
    }

    /// <summary>Somebody opens a household of another team, and is answered that there is none.</summary>
    public async Task RecordRefusedReadAsync(Guid offerId, Actor actor, string function, string why, CancellationToken cancellation)
    {
        var problem = Problem.NotFound("offer");
        CountAndLog(function, problem.Status, problem.Code);
        await reads.RecordOfferAsync(offerId, actor, AuditKind.Refusal, "offerRefused", why, to: null, cancellation);
    }

    // An alert counts these lines: one is a mistake, many mean that somebody is trying to get in.
    private void CountAndLog(string function, int status, int code)
    {
        Metrics.CountRefusal(status);
        log.LogWarning("Access refused: {Function} answered {Status} with {Code}", function, status, code);
    }

    // The person is known even if the function refuses them. A token that is not valid belongs to nobody.
    private static Actor? ActorOf(HttpContext http) =>
        http.Features.Get<RequestAccess>()?.Actor ?? (http.Features.Get<Person>() is { } person ? Actor.Of(person) : null);

    // An offer, its call-back and its referral have one id, and no route has another.
    private static Guid? HouseholdOf(PathString path)
    {
        foreach (var part in path.Value!.Split('/'))
        {
            if (Guid.TryParseExact(part, "D", out var id)) return id;
        }

        return null;
    }

    // Only an existing household's chain may go on: a chain without a household would look as if the household had been removed.
    private async Task<bool> ExistsAsync(Guid id, CancellationToken cancellation) =>
        (await tables.Offers.GetEntityIfExistsAsync<TableEntity>(id.ToString("D"), VcasTables.OfferRow, ["RowKey"], cancellation)).HasValue;
}
