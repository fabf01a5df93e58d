using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VcasFunctions.Problems;

namespace VcasFunctions.Http;

/// <summary>The few shapes that an answer can have.</summary>
public static class ApiResults
{
    /// <summary>200, or another success, with a body.</summary>
    public static IResult Json<T>(T body, int status = StatusCodes.Status200OK) =>
        new Opaque(Results.Json(body, Http.Json.Api, statusCode: status));

    /// <summary>200 with a text that is not JSON.</summary>
    public static IResult Text(string body, string contentType) => new Opaque(Results.Text(body, contentType));

    /// <summary>200 with bytes under a tag of theirs; 304 where whoever asks has them already.</summary>
    public static IResult Bytes(byte[] content, string contentType, EntityTagHeaderValue tag) =>
        new Opaque(Results.Bytes(content, contentType, entityTag: tag));

    /// <summary>200 with a file, under this name, that nobody keeps on the way.</summary>
    public static IResult Download(byte[] content, string contentType, string name) =>
        new Opaque(Results.File(content, contentType, name));

    /// <summary>200 with what is written while it is sent.</summary>
    public static IResult Stream(Func<Stream, Task> write, string contentType) => new Opaque(Results.Stream(write, contentType));

    /// <summary>The problem under its own status.</summary>
    public static IResult Refusal(Problem problem) =>
        new Opaque(Results.Json(problem, Http.Json.Api, "application/problem+json", problem.Status));

    /// <summary>
    /// The Functions worker serializes whatever a function returns and passes it to the host, even where the answer has gone
    /// out by then. It finds nothing in this: no second copy of a household's data, no time spent on one.
    /// </summary>
    private sealed class Opaque(IResult answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => answer.ExecuteAsync(httpContext);
    }
}
