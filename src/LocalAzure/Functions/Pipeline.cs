using Microsoft.Azure.Functions.Worker.Middleware;

namespace LocalAzure.Functions;

/// <summary>The middleware around every invocation, in the order in which it was added, and the function innermost.</summary>
internal sealed class Pipeline
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    private FunctionExecutionDelegate? built;

    public void Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> next) => middleware.Add(next);

    /// <summary>Runs one invocation; what it returned is in the context afterwards, and is returned.</summary>
    public ValueTask<object?> RunAsync(LocalFunctionContext context)
    {
        if (middleware.Count == 0) return context.Function.InvokeAsync(context);
        built ??= Enumerable.Reverse(middleware).Aggregate((FunctionExecutionDelegate)InvokeFunction, (next, layer) => layer(next));
        return RunBuilt(built, context);
    }

    private static async ValueTask<object?> RunBuilt(FunctionExecutionDelegate pipeline, LocalFunctionContext context)
    {
        await pipeline(context);
        return context.Result;
    }

    private static async Task InvokeFunction(Microsoft.Azure.Functions.Worker.FunctionContext context)
    {
        var local = (LocalFunctionContext)context;
        local.Result = await local.Function.InvokeAsync(local);
    }
}
