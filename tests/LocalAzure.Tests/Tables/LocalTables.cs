using Azure.Data.Tables;
using LocalAzure.Storage;
using LocalAzure.Tables;

namespace LocalAzure.Tests.Tables;

/// <summary>A store in a folder of its own, and a client over it.</summary>
public sealed class LocalTables : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"tables-{Guid.NewGuid():N}");

    internal LocalStore Store { get; private set; } = null!;

    public TableServiceClient Client { get; private set; } = null!;

    public string File => Path.Combine(folder, "store.db");

    public ValueTask InitializeAsync()
    {
        Store = LocalStore.Open(File, Durability.Process);
        Client = new LocalTableServiceClient(Store, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends as a crash would and opens the same file again.</summary>
    internal async Task CrashAndReopenAsync(TimeProvider time)
    {
        await Store.CrashAsync();
        Store = LocalStore.Open(File, Durability.Process);
        Client = new LocalTableServiceClient(Store, time);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
