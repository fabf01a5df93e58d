using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LocalAzure.Functions;

/// <summary>The functions of the app, found once.</summary>
internal sealed class FunctionCatalogue
{
    // A function holds nothing of a host, and tests make hosts by the hundred: each assembly is looked through once in a process.
    private static readonly ConcurrentDictionary<Assembly, MethodInfo[]> Marked = new();
    private static readonly ConcurrentDictionary<MethodInfo, Function> Known = new();

    private readonly Dictionary<string, Function> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds them in the assembly that the builder was given, or where the options say.</summary>
    /// <exception cref="FunctionException">One of them can't be run as it is declared.</exception>
    public FunctionCatalogue(IOptions<LocalAzureOptions> options, IConfiguration configuration, AppAssembly app)
    {
        foreach (var function in FunctionsOf(options.Value, app))
        {
            var name = function.Name;
            if (!byName.TryAdd(name, function))
                throw new FunctionException(
                    name, $"is declared twice: {byName[name].EntryPoint} and {function.EntryPoint}. Names differ by more than case.");
        }

        Enabled = [.. byName.Values.Where(function => !IsDisabled(configuration, function.Name)).OrderBy(
            function => function.Name, StringComparer.Ordinal)];
        Disabled = [.. byName.Keys.Except(Enabled.Select(function => function.Name))];
        foreach (var name in Disabled) byName.Remove(name);
    }

    /// <summary>The functions that are not disabled.</summary>
    public IReadOnlyList<Function> Enabled { get; }

    /// <summary>The names of those that a setting switches off.</summary>
    public IReadOnlyList<string> Disabled { get; }

    /// <summary>An enabled function by its name; null when there is none of that kind.</summary>
    public Function? Find(string name, TriggerKind kind) =>
        byName.TryGetValue(name, out var function) && function.Kind == kind ? function : null;

    /// <summary>The enabled functions of a kind.</summary>
    public IEnumerable<Function> Of(TriggerKind kind) => Enabled.Where(function => function.Kind == kind);

    private static IEnumerable<Function> FunctionsOf(LocalAzureOptions options, AppAssembly app)
    {
        var types = options.FunctionTypes;
        IEnumerable<Assembly> assemblies = types.Count > 0 ? types.Select(type => type.Assembly).Distinct()
            : [options.FunctionsAssembly is { } name ? Assembly.Load(name) : app.Assembly];
        return assemblies
            .SelectMany(assembly => Marked.GetOrAdd(assembly, static found => [.. MarkedMethods.Of(found, typeof(FunctionAttribute))]))
            .Where(method => types.Count == 0 || types.Contains(method.DeclaringType!))
            .Select(method => Known.GetOrAdd(method, Make));
    }

    private static bool IsDisabled(IConfiguration configuration, string name) =>
        configuration[$"AzureWebJobs.{name}.Disabled"] is { } value
        && (value == "1" || (bool.TryParse(value, out var disabled) && disabled));

    private static Function Make(MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var triggers = method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes().Select(attribute => (parameter, attribute, kind: KindOf(attribute))))
            .Where(found => found.kind is not null)
            .ToList();
        if (triggers.Count != 1) throw new FunctionException(name, $"has {triggers.Count} triggers; a function has exactly one.");
        var (parameter, trigger, kind) = triggers[0];
        return new Function(name, method, kind!.Value, parameter, trigger);
    }

    // Each kind is its attribute's name.
    private static TriggerKind? KindOf(Attribute attribute)
    {
        const string Suffix = "Attribute";
        var name = attribute.GetType().Name;
        return name.EndsWith(Suffix, StringComparison.Ordinal) && Enum.TryParse<TriggerKind>(name[..^Suffix.Length], out var kind)
            ? kind
            : null;
    }
}

/// <summary>The assembly that the builder was given: the app.</summary>
internal sealed record AppAssembly(Assembly Assembly);
