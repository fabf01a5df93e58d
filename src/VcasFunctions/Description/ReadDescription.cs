using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace VcasFunctions.Description;

/// <summary>Describes this API to people's tools.</summary>
public sealed class ReadDescription(ApiDocument document)
{
    /// <summary><c>GET /api/openapi.json</c></summary>
    [Function(nameof(ReadDescription))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        Results.Text(document.Text, "application/json; charset=utf-8");
}
