namespace Microsoft.Azure.Functions.Worker;

/// <summary>What an invocation returned, for middleware to read and to replace.</summary>
public abstract class InvocationResult : InvocationResult<object>;

/// <summary>What an invocation returned, for middleware to read and to replace.</summary>
public abstract class InvocationResult<T>
{
    /// <summary>The value that is handed on.</summary>
    public abstract T? Value { get; set; }
}

/// <summary>What middleware finds out about an invocation.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned so far; setting its value replaces it.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        new LocalInvocationResult((LocalAzure.Functions.LocalFunctionContext)context);

    private sealed class LocalInvocationResult(LocalAzure.Functions.LocalFunctionContext context) : InvocationResult
    {
        public override object? Value
        {
            get => context.Result;
            set => context.Result = value;
        }
    }
}
