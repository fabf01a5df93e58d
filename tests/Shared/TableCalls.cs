using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Data.Tables;

namespace Shared;

/// <summary>
/// Which kinds of call the app makes on tables (table, operation, condition, columns, the filter without its values), and which of its
/// functions make any. Where <c>VCAS_TABLE_CALLS</c> names a file, a run on our own tables writes both there, and a run on Microsoft's
/// emulator, which leaves out most tests, must have each of them as well. So what it leaves out is what it would only do again.
/// </summary>
/// <remarks>
/// Not which function makes which kind: where two change a household at the same moment it depends on the moment which of them does the
/// rest, and a run that is green must be green again.
/// </remarks>
public static partial class TableCalls
{
    private static readonly ConcurrentDictionary<string, bool> Kinds = new(StringComparer.Ordinal);
    private static readonly string? File = Environment.GetEnvironmentVariable("VCAS_TABLE_CALLS");

    // A line of the audit that somebody else was quicker to write is read again: whether that happens depends on the moment.
    private static readonly string[] ByChance = ["Audit: get"];

    // Only rows that have stood for an hour are taken out of the index, and the emulator dates them by the clock on the wall, which is
    // years ahead of a test's own: there none is ever old enough.
    private static readonly string[] ByItsClock = ["HouseholdIndex: delete if unchanged"];

    /// <summary>
    /// Whether this run notes them, and for the test that runs at this moment: one that is about our own tables runs nowhere else.
    /// </summary>
    public static bool AreNoted => !string.IsNullOrEmpty(File)
        && !(TestContext.Current.Test is { } test && test.Traits.TryGetValue("Tables", out var tables) && tables.Contains("Local"));

    /// <summary>Puts the noting in between where it is wanted.</summary>
    public static TableServiceClient Noted(TableServiceClient tables) => AreNoted ? new NotedTables(tables) : tables;

    /// <summary>Notes one that a function of the app makes. What a test does with a table by itself, or a start, is none.</summary>
    public static void Note(string kind)
    {
        if (TableTraffic.Function is not { Length: > 0 } function || ByChance.Contains(kind) || ByItsClock.Contains(kind)) return;
        Kinds.TryAdd(kind, true);
        Kinds.TryAdd($"any by {function}", true);
    }

    /// <summary>At the end of a run: writes them, or says which are missing here.</summary>
    public static IReadOnlyList<string> Settle(bool onAzurite)
    {
        if (string.IsNullOrEmpty(File)) return [];
        if (onAzurite) return [.. System.IO.File.ReadAllLines(File!).Where(kind => !Kinds.ContainsKey(kind))];
        System.IO.File.WriteAllLines(File!, Kinds.Keys.Order(StringComparer.Ordinal));
        return [];
    }

    /// <summary>A filter without its values. How many of the same kind are tried in turn is a value too.</summary>
    public static string ShapeOf(string? filter)
    {
        if (string.IsNullOrEmpty(filter)) return "everything";
        var shape = Value().Replace(filter, "?");
        return Again().Replace(shape, "${one}");
    }

    [GeneratedRegex(@"(datetime|guid|binary|X)?'(?:[^']|'')*'|\b\d+L?\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();

    [GeneratedRegex(@"(?<one>\([^()]*\))( or \k<one>)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Again();
}
