using Azure.Identity;
using Azure.Storage.Blobs;
using Shared;
using VcasFunctions.Places;

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

    public ValueTask DisposeAsync() => azurite.DisposeAsync();
}
