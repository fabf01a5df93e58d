namespace LocalAzure.Functions;

/// <summary>A function can't be run as it is declared; the message says which and why.</summary>
public sealed class FunctionException(string function, string why) : InvalidOperationException($"The function '{function}' {why}")
{
    /// <summary>The function's name.</summary>
    public string Function { get; } = function;
}

/// <summary>What came in can't fill a function's parameter; the message names the parameter, never the value.</summary>
public sealed class FunctionInputException(string function, string why)
    : Exception($"Error converting 1 input parameters for Function '{function}': {why}")
{
    /// <summary>The function's name.</summary>
    public string Function { get; } = function;
}
