using LocalAzure.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace LocalAzure.Functions;

/// <summary>The HTTP functions as endpoints of ASP.NET Core's routing, and how a request runs one.</summary>
internal sealed partial class HttpFunctions : EndpointDataSource, ILocalPart
{
    private readonly Pipeline pipeline;
    private readonly Endpoint[] endpoints;
    private readonly ILogger logger;
    private int inFlight;

    public HttpFunctions(FunctionCatalogue catalogue, Pipeline pipeline, HostJson host, ILogger<HttpFunctions> logger)
    {
        (this.pipeline, this.logger) = (pipeline, logger);
        Routes = [.. catalogue.Of(TriggerKind.HttpTrigger).Select(function => new HttpRoute(function, host.RoutePrefix))];
        endpoints = [.. Routes.Select(MakeEndpoint)];
    }

    public IReadOnlyList<HttpRoute> Routes { get; }

    public override IReadOnlyList<Endpoint> Endpoints => endpoints;

    public bool IsIdle => Volatile.Read(ref inFlight) == 0;

    public DateTimeOffset? NextWakeUp => null;

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);

    private Endpoint MakeEndpoint(HttpRoute route)
    {
        var function = route.Function;
        var builder = new RouteEndpointBuilder(http => RunAsync(function, http), RoutePatternFactory.Parse(route.Template), order: 0)
        {
            DisplayName = function.Name,
        };
        builder.Metadata.Add(new HttpMethodMetadata(route.Methods));
        return builder.Build();
    }

    private async Task RunAsync(Function function, HttpContext http)
    {
        Interlocked.Increment(ref inFlight);
        try
        {
            var context = new LocalFunctionContext(function, http.RequestServices) { HttpContext = http };
            switch (await pipeline.RunAsync(context))
            {
                case IActionResult result:
                    await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                    break;
                case IResult result:
                    await result.ExecuteAsync(http);
                    break;
            }
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            CallerLeft(function.Name);
        }
        catch (Exception failure)
        {
            Failed(failure, function.Name);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    [LoggerMessage(LogLevel.Error, "The HTTP function {Function} failed.")]
    private partial void Failed(Exception failure, string function);

    [LoggerMessage(LogLevel.Debug, "Whoever called the HTTP function {Function} left before the answer.")]
    private partial void CallerLeft(string function);
}

/// <summary>Where an HTTP function is found.</summary>
internal sealed class HttpRoute
{
    public HttpRoute(Function function, string prefix)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        Function = function;
        Template = string.Join(
            '/', new[] { prefix, trigger.Route ?? function.Name }.Select(part => part.Trim('/')).Where(part => part.Length > 0));
        Methods = [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())];
    }

    public Function Function { get; }

    /// <summary>The route template, prefix included, without a leading slash.</summary>
    public string Template { get; }

    /// <summary>The methods answered, in capitals; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; }
}
