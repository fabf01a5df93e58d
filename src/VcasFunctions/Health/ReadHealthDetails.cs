using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VcasFunctions.Http;

namespace VcasFunctions.Health;

/// <summary>The state of each part that the app depends on, for the people who repair it.</summary>
public sealed class ReadHealthDetails(Dependencies dependencies)
{
    /// <summary><c>GET /api/health/details</c>: 200, or 503 if one is down.</summary>
    [Function(nameof(ReadHealthDetails))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/details")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var details = await dependencies.CheckAsync(durable, cancellation);
        return ApiResults.Json(
            details, details.Status == DependencyState.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
