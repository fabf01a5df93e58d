using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using VcasFunctions.Problems;

namespace VcasFunctions.Audit;

/// <summary>
/// Sees every refusal on its way out, whoever spoke it, and has it written down before it is answered. It stands before the count of
/// strangers: who is turned away for the pace alone is no longer written down.
/// </summary>
public sealed class RefusalMiddleware(RefusalLog refusals) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (context.GetHttpContext() is not null && Problem.OfRefusal(failure) is not null)
        {
            // Who hangs up before the answer stands written all the same.
            await refusals.WriteAsync(
                context.GetHttpContext()!, context.FunctionDefinition.Name, Problem.OfRefusal(failure)!, CancellationToken.None);
            throw;
        }
    }
}
