using System.Collections.Concurrent;
using Azure.Core;
using Azure.Data.Tables;

namespace Shared;

/// <summary>
/// Where the app's tables lie in tests: in the local store, or with <c>VCAS_TABLES=azurite</c> in Microsoft's own emulator, through
/// Microsoft's own client. Every data folder has an account of its own there, so an app that is started again finds its tables. The
/// emulator works on one thread, and tests run two at a time: there are two of it, and apps begin on them in turn.
/// </summary>
public static class AppTables
{
    private static readonly ConcurrentDictionary<string, TableServiceClient> ByFolder = new();
    private static readonly Lazy<Task<Azurite>>[] Running = [new(StartAsync), new(StartAsync)];
    private static int turns;

    /// <summary>Whether the tests run on Azurite.</summary>
    public static bool AreOnAzurite { get; } = Environment.GetEnvironmentVariable("VCAS_TABLES") switch
    {
        null or "" => false,
        "azurite" => true,
        var other => throw new InvalidOperationException($"VCAS_TABLES is '{other}': it may be 'azurite', or not be set."),
    };

    /// <summary>The tables of an app on this folder; null where they lie in the local store.</summary>
    public static async Task<TableServiceClient?> OfAsync(string folder)
    {
        if (!AreOnAzurite) return null;
        if (ByFolder.TryGetValue(folder, out var known)) return known;
        var azurite = await Running[Interlocked.Increment(ref turns) % Running.Length].Value;
        return ByFolder.GetOrAdd(folder, _ => azurite.OfNextAccount(Watched(new TableTraffic(keeps: false))));
    }

    /// <summary>Options of a client whose traffic is watched.</summary>
    public static TableClientOptions Watched(TableTraffic traffic)
    {
        var options = new TableClientOptions();
        options.AddPolicy(traffic, HttpPipelinePosition.PerRetry);
        return options;
    }

    private static async Task<Azurite> StartAsync()
    {
        var azurite = new Azurite();
        await azurite.InitializeAsync();
        // One for all tests of this process: it ends with it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => azurite.Kill();
        return azurite;
    }
}
