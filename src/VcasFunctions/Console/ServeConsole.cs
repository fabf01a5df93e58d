using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Console;

/// <summary>Serves the web pages. They hold nothing about anybody: what they show, they ask the API for.</summary>
public sealed class ServeConsole(
    IOptionsMonitor<AccessOptions> access,
    IOptionsMonitor<SafetyOptions> safety,
    IOptionsMonitor<LawOptions> law,
    IOptionsMonitor<ConsoleOptions> console,
    VcasSettings settings)
{
    private const string Root = "/console";

    /// <summary><c>GET /console/{path}</c></summary>
    [Function(nameof(ServeConsole))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/{*path}")] HttpRequest request)
    {
        var path = (request.Path.Value ?? Root)[Root.Length..].Trim('/');
        var current = ConsoleSettings.Of(access.CurrentValue, safety.CurrentValue, law.CurrentValue, console.CurrentValue, settings);
        PageHeaders.Add(request.HttpContext.Response.Headers, current.Authority);
        if (path == "settings.json") return ApiResults.Json(current);
        return ConsoleFiles.Find(path) is { } file ? file.Answer(request) : ApiResults.Refusal(Problem.NotFound("file"));
    }
}
