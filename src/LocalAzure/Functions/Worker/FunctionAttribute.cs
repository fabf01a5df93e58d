namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function. The name is unique in the app, whatever its case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name: its route when none is given, and its name in settings and logs.</summary>
    public string Name { get; } = name;
}
