using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Http;

/// <summary>
/// Middleware that requests alone go through. An orchestration takes several steps for each household that falls due, each an invocation,
/// and none of them has anything to do with headers, tokens and refusals. The worker's own <c>UseWhen</c> awaits the rest either way.
/// </summary>
internal static class RequestMiddleware
{
    /// <summary>Adds it inside what was added before.</summary>
    public static void UseForRequests<T>(this IFunctionsWorkerApplicationBuilder builder)
        where T : class, IFunctionsWorkerMiddleware
    {
        builder.Services.AddSingleton<T>();
        builder.Use(next => context => context.GetHttpContext() is null
            ? next(context)
            : context.InstanceServices.GetRequiredService<T>().Invoke(context, next));
    }
}
