using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using VcasFunctions.Description;

namespace VcasFunctions.Tests;

/// <summary>Sends on, and holds every answer to what the app's own description says of it: status, content type and shape.</summary>
internal sealed class AsDescribed : DelegatingHandler
{
    private static readonly Lazy<Task<Described>> Description = new(Described.ReadAsync);

    public AsDescribed(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>What is wrong with an answer; null where nothing is, or where the description knows no such route.</summary>
    public static async Task<string?> FaultOfAsync(string method, string path, int status, string? contentType, string body) =>
        (await Description.Value).FaultOf(method, path, status, contentType, body);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var fault = await FaultOfAsync(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(cancellationToken));
        Assert.True(fault is null, $"{request.Method} {request.RequestUri.AbsolutePath} isn't answered as described: {fault}");
        return response;
    }

    private sealed record Described(IReadOnlyList<(string Method, Regex Path, JsonObject Responses)> Operations, JsonSchema Schemas)
    {
        public static async Task<Described> ReadAsync()
        {
            var document = JsonNode.Parse(ApiDescription.Document)!;
            var operations =
                from path in document["paths"]!.AsObject()
                from operation in path.Value!.AsObject()
                let template = new Regex(
                    $"^{Regex.Replace(path.Key.Replace(".", "\\."), @"\{[^}]+\}", "[^/]+", default, TimeSpan.FromSeconds(1))}$",
                    default,
                    TimeSpan.FromSeconds(1))
                select (operation.Key.ToUpperInvariant(), template, operation.Value!["responses"]!.AsObject());
            // The validator knows schemas of an older kind, which keep their parts elsewhere.
            var definitions = document["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/definitions/");
            return new Described([.. operations], await JsonSchema.FromJsonAsync($$"""{"definitions":{{definitions}}}"""));
        }

        public string? FaultOf(string method, string path, int status, string? contentType, string body)
        {
            var operation = Operations.FirstOrDefault(one => one.Method == method && one.Path.IsMatch(path));
            if (operation.Responses is null) return null;
            if (operation.Responses[$"{status}"] is not { } response) return $"the status {status} isn't described: {body}";
            if (response["content"]![contentType ?? ""] is not { } content)
                return $"the content type {contentType} isn't described for {status}.";
            if (content["schema"]!["$ref"] is not { } place) return null;
            var errors = Schemas.Definitions[((string)place!).Split('/')[^1]].Validate(body);
            return errors.Count == 0 ? null : string.Join("; ", errors.Select(error => $"{error.Path} {error.Kind}")) + $" in {body}";
        }
    }
}
