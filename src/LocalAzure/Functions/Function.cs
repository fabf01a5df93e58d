using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace LocalAzure.Functions;

/// <summary>What starts a function. The names are the bindings' types in function metadata, but for their first letter.</summary>
internal enum TriggerKind
{
    HttpTrigger,
    TimerTrigger,
    OrchestrationTrigger,
    ActivityTrigger,
}

/// <summary>A function found in the app, and how it is called. It holds nothing of a host.</summary>
internal sealed class Function : FunctionDefinition
{
    private readonly Invoker invoker;

    public Function(string name, MethodInfo method, TriggerKind kind, ParameterInfo triggerParameter, Attribute trigger)
    {
        (Name, Method, Kind, TriggerParameter, Trigger) = (name, method, kind, triggerParameter, trigger);
        EntryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {EntryPoint}"))[..8]);
        Parameters = [.. method.GetParameters()
            .Select(p => new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.DefaultValue))];
        var type = char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
        InputBindings = ImmutableDictionary<string, BindingMetadata>.Empty.Add(
            triggerParameter.Name!, new LocalBinding(triggerParameter.Name!, type, BindingDirection.In));
        OutputBindings = kind == TriggerKind.HttpTrigger
            ? ImmutableDictionary<string, BindingMetadata>.Empty.Add("$return", new LocalBinding("$return", "http", BindingDirection.Out))
            : ImmutableDictionary<string, BindingMetadata>.Empty;
        invoker = new Invoker(this);
    }

    public MethodInfo Method { get; }

    public TriggerKind Kind { get; }

    public ParameterInfo TriggerParameter { get; }

    public Attribute Trigger { get; }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override string PathToAssembly => Method.DeclaringType!.Assembly.Location;

    public override string EntryPoint { get; }

    public override string Id { get; }

    public override string Name { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }

    /// <summary>Makes the instance, binds the parameters, and calls the method.</summary>
    public ValueTask<object?> InvokeAsync(LocalFunctionContext context) => invoker.InvokeAsync(context);

    private sealed class LocalBinding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name { get; } = name;

        public override string Type { get; } = type;

        public override BindingDirection Direction { get; } = direction;
    }
}
