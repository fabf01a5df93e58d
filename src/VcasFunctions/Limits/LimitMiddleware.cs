using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;
using VcasFunctions.Tasks;

namespace VcasFunctions.Limits;

/// <summary>
/// Nobody takes the service from others: who asks too often waits (429 with Retry-After), and an address that is longer than any
/// of ours isn't looked at. Stands behind the door, so that what is counted is who asks, wherever they ask from; only those who
/// need not sign in are counted by their address. docs/decisions/0017-limits.md says why each instance counts for itself.
/// </summary>
public sealed class LimitMiddleware(RequestLimits limits) : IFunctionsWorkerMiddleware
{
    /// <summary>The longest path with its query, characters. The longest that the API's own links have is about 300.</summary>
    public const int LongestAddress = 2048;

    // What reads or writes much at once, or hands out all there is about somebody.
    private static readonly HashSet<string> Exports = new(StringComparer.Ordinal)
    {
        nameof(ReportUptake), nameof(ImportHistory), nameof(ExportAudit), nameof(ExportHousehold),
    };

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        Check(context.GetHttpContext()!, context.FunctionDefinition.Name);
        return next(context);
    }

    private void Check(HttpContext http, string function)
    {
        if (http.Request.Path.Value!.Length + http.Request.QueryString.Value!.Length > LongestAddress)
            throw new ProblemException(Problem.AddressTooLong);
        if (http.Features.Get<RequestAccess>() is { } access) limits.Count(http, access, KindOf(function));
        else limits.CountUnsigned(http);
    }

    // What looks for a household by what somebody says, or has it looked for.
    private static readonly HashSet<string> Searches = new(StringComparer.Ordinal)
    {
        nameof(SearchOffers), nameof(PassOnNumber), nameof(OpenPassedNumber),
    };

    private static CallerKind KindOf(string function) =>
        Exports.Contains(function) ? CallerKind.Export : Searches.Contains(function) ? CallerKind.Search : CallerKind.Request;
}
