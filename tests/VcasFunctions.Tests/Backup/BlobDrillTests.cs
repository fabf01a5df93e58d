using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Shared;
using VcasFunctions.Backup;

namespace VcasFunctions.Tests.Backup;

/// <summary>
/// The drill with Microsoft's own client and emulator of blobs between the night and the restore; its tables lie where this run has them.
/// </summary>
[Trait("Needs", "Node")]
public sealed class BlobDrillTests : IAsyncLifetime
{
    private const string Container = "nights";
    private readonly Azurite azurite = Azurite.OfBlobs();
    private string connection = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await azurite.InitializeAsync();
        connection = azurite.NextBlobAccount();
        await new BlobContainerClient(connection, Container).CreateAsync(cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_night_s_backup_in_blobs_is_put_back_and_the_households_live_on_from_it()
    {
        using var drill = new Drill(
            BlobPlace.At(connection, null, new DefaultAzureCredential(), Container),
            Given.Clock(),
            configure: null,
            "Vcas:Backup:Enabled=true", $"Vcas:Backup:Container={Container}", $"BackupConnection={connection}");
        await drill.RunAsync();
    }

    [Fact]
    public async Task What_was_written_is_never_written_over()
    {
        var place = BlobPlace.At(connection, null, new DefaultAzureCredential(), Container);
        await place.WriteAsync("a/b.gz", [1, 2], Cancellation);
        Assert.Equal(409, (await Assert.ThrowsAsync<RequestFailedException>(() => place.WriteAsync("a/b.gz", [3], Cancellation))).Status);
        Assert.Equal([1, 2], await place.ReadAsync("a/b.gz", Cancellation));
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => place.ReadAsync("a/c.gz", Cancellation))).Status);
    }

    public ValueTask DisposeAsync() => azurite.DisposeAsync();
}
