using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using VcasFunctions.Problems;

namespace VcasFunctions.Audit;

/// <summary>
/// Sees every refusal on its way out, whoever spoke it, and has it written down before it is answered. It comes before the count of
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
        catch (Exception failure) when (Problem.OfRefusal(failure) is not null)
        {
            // If the caller hangs up before the answer, the refusal is recorded anyway.
            await refusals.WriteAsync(
                context.GetHttpContext()!, context.FunctionDefinition.Name, Problem.OfRefusal(failure)!, CancellationToken.None);
            throw;
        }
    }
}
