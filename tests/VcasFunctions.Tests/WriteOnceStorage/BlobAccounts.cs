using Azure.Storage.Blobs;
using Shared;

namespace VcasFunctions.Tests.WriteOnceStorage;

/// <summary>Microsoft's emulator of blobs, with an account for whoever asks.</summary>
public sealed class BlobAccounts : IAsyncLifetime
{
    private readonly Azurite azurite = Azurite.OfBlobs();

    public ValueTask InitializeAsync() => azurite.InitializeAsync();

    public ValueTask DisposeAsync() => azurite.DisposeAsync();

    /// <summary>An account with an empty container of this name, and how it is reached.</summary>
    public async Task<(string Connection, BlobContainerClient Container)> WithAsync(string container)
    {
        var connection = azurite.NextBlobAccount();
        var client = new BlobContainerClient(connection, container);
        await client.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return (connection, client);
    }
}
