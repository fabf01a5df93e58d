using LocalAzure.Functions;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The HTTP side of an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The request's context; null when something else than HTTP started the function.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        if (context is LocalFunctionContext local) return local.HttpContext;

        // A test's own context carries it where the genuine worker puts it.
        return context.Items.TryGetValue(LocalFunctionContext.HttpContextKey, out var found) ? found as HttpContext : null;
    }
}
