using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using VcasFunctions.Problems;

namespace VcasFunctions.Limits;

/// <summary>
/// Stands before the door and counts, by their address, those whom it turns away: tokens can't be tried out, nor refusals asked for,
/// without end. They are counted once they are refused and not before: anyone who has a good token gets in, however many of the same
/// address (a force may have but one) are turned away.
/// </summary>
public sealed class UnsignedLimitMiddleware(RequestLimits limits) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ProblemException refused) when (refused.Problem.Status is 401 or 403)
        {
            // A caller who was let in is counted later, by LimitMiddleware.
            var http = context.GetHttpContext()!;
            if (http.Features.Get<Access.RequestAccess>() is null) limits.CountUnsigned(http);
            throw;
        }
    }
}
