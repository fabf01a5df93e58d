using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Problems;
using VcasFunctions.Tables;

namespace VcasFunctions.Health;

/// <summary>Whether the app can do its work: it can where it reaches its tables.</summary>
public sealed class ReadHealth(VcasTables tables)
{
    /// <summary><c>GET /api/health</c>: 200 with <c>up</c>, 503 with <c>down</c>.</summary>
    [Function(nameof(ReadHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            await tables.Offers.GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>("health", "health", cancellationToken: cancellation);
            return Reply.With(new HealthAnswer("up"));
        }
        catch (RequestFailedException)
        {
            return Reply.With(new HealthAnswer("down"), StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>How it is.</summary>
/// <param name="Status"><c>up</c> or <c>down</c>.</param>
public sealed record HealthAnswer(string Status);
