using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Http;

namespace VcasFunctions.Health;

/// <summary>Whether the app can do its work, which means that it can read and write its tables.</summary>
public sealed class ReadHealth(WriteProbe writes)
{
    /// <summary><c>GET /api/health</c>, and <c>HEAD</c>, which monitors send: 200 with <c>up</c>, 503 with <c>down</c>.</summary>
    [Function(nameof(ReadHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request,
        CancellationToken cancellation) =>
        await writes.CheckAsync(isFresh: false, cancellation) is { Status: DependencyState.Up }
            ? ApiResults.Json(new HealthAnswer("up"))
            : ApiResults.Json(new HealthAnswer("down"), StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Whether the app can do its work.</summary>
/// <param name="Status"><c>up</c> or <c>down</c>.</param>
public sealed record HealthAnswer(string Status);
