using Azure.Identity;
using Shared;
using VcasFunctions.Tests.WriteOnceStorage;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Tests.Backup;

/// <summary>
/// The drill with Microsoft's own client and emulator of blobs between the night and the restore; its tables lie where this run has them.
/// </summary>
[Needs(Tool.Node)]
public sealed class BlobDrillTests(BlobAccounts blobs) : IClassFixture<BlobAccounts>
{
    private const string Container = "nights";

    [Fact]
    public async Task A_night_s_backup_in_blobs_is_put_back_and_the_households_live_on_from_it()
    {
        var (connection, _) = await blobs.WithAsync(Container);
        using var drill = new Drill(
            BlobWriteOnceStore.At(connection, null, new DefaultAzureCredential(), Container),
            Given.Clock(),
            configure: null,
            "Vcas:Backup:Enabled=true", $"Vcas:Backup:Container={Container}", $"BackupConnection={connection}");
        await drill.RunAsync();
    }
}
