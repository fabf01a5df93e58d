using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Access;
using VcasFunctions.Http;

namespace VcasFunctions.People;

/// <summary>Who calls for the teams of whoever asks, by name. Nothing of a household is in it.</summary>
public sealed class ListPeople(TeamPeople people)
{
    /// <summary><c>GET /api/people</c></summary>
    [Function(nameof(ListPeople))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/people")] HttpRequest request, CancellationToken cancellation) =>
        ApiResults.Json(await people.OfAsync(RequestAccess.Of(request), cancellation));
}
