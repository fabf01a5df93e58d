using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAzure.Functions;

/// <summary>Runs functions that something other than HTTP starts: each invocation in a scope of its own.</summary>
internal sealed class FunctionRunner(IServiceScopeFactory scopes, Pipeline pipeline)
{
    /// <summary>
    /// Runs the function and gives what it returned. Awaits nothing but the function itself and its middleware, so that an
    /// orchestrator stays on the thread that replays it.
    /// </summary>
    public async Task<object?> RunAsync(Function function, object? data, object? companion, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new LocalFunctionContext(function, scope.ServiceProvider)
        {
            TriggerData = data,
            TriggerCompanion = companion,
            TriggerCancellation = cancellation,
        };
        try
        {
            return await pipeline.RunAsync(context);
        }
        catch (AggregateException wrapped) when (wrapped.InnerExceptions.Count == 1)
        {
            // The wrapping is for middleware, as in the genuine worker; the host is told what the function threw.
            ExceptionDispatchInfo.Throw(wrapped.InnerExceptions[0]);
            throw;
        }
    }
}
