namespace VcasFunctions.Access;

/// <summary>Who may do what, as the middleware asks it: the lines that the app was composed with.</summary>
public sealed class AccessTable
{
    private readonly Dictionary<string, AccessLine> byFunction;

    /// <summary>A table of these lines, one a function.</summary>
    public AccessTable(IReadOnlyList<AccessLine> lines)
    {
        Lines = lines;
        byFunction = lines.ToDictionary(line => line.Function, StringComparer.Ordinal);
    }

    /// <summary>All lines.</summary>
    public IReadOnlyList<AccessLine> Lines { get; }

    /// <summary>The line of a function; one that lets nobody in where it has none.</summary>
    public AccessLine Of(string function) => byFunction.GetValueOrDefault(function) ?? new AccessLine(function, []);
}
