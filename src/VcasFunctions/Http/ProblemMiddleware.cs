using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using VcasFunctions.Problems;
using VcasFunctions.Tables;

namespace VcasFunctions.Http;

/// <summary>
/// Turns whatever ends an HTTP request early into its numbered problem. What was thrown is logged by its type and place
/// alone: a message may hold a person's data.
/// </summary>
public sealed class ProblemMiddleware(ILogger<ProblemMiddleware> log) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Answer(http, ProblemOf(Unwrap(failure), context));
        }
    }

    private static Exception Unwrap(Exception failure) => failure is AggregateException { InnerException: { } inner } ? inner : failure;

    private static Task Answer(HttpContext http, Problem problem) => ApiResults.Refusal(problem).ExecuteAsync(http);

    private Problem ProblemOf(Exception failure, FunctionContext context)
    {
        if (Problem.OfRefusal(failure) is { } refusal) return refusal;
        switch (failure)
        {
            case DamagedRowException damaged:
                log.LogError("{Function} met a stored record that can't be read: {Place}", context.FunctionDefinition.Name, damaged.Place);
                return Problem.DamagedRecord(damaged.Place);
            default:
                log.LogError(
                    "{Function} failed with {Failure} at {Place}",
                    context.FunctionDefinition.Name,
                    failure.GetType().Name,
                    PlaceOf(failure));
                return Problem.Fault;
        }
    }

    private static string PlaceOf(Exception failure) => failure.StackTrace?.Split('\n', 2)[0].Trim() ?? "an unknown place";
}
