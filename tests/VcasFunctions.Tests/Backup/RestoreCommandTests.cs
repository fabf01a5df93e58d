using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Identity;
using Shared;
using VcasFunctions.Tables;
using VcasFunctions.Tests.WriteOnceStorage;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Tests.Backup;

/// <summary>
/// The drill as force IT does it: the app's tables and blobs lie in Microsoft's emulators, the command runs in a process of its own with
/// Microsoft's own clients, into an account that nobody has used yet, and the app is started on that.
/// </summary>
// Its tables lie in Azurite wherever the others' lie: once will do.
[Needs(Tool.Node), Trait("Tables", "Local")]
public sealed class RestoreCommandTests(Azurite tables, BlobAccounts blobs) : IClassFixture<Azurite>, IClassFixture<BlobAccounts>
{
    private const string Container = "nights";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_night_s_backup_is_put_back_by_the_command_and_the_households_live_on_from_it()
    {
        var (backups, _) = await blobs.WithAsync(Container);
        var first = tables.NextAccount().Client;
        var (connection, second) = tables.NextAccount();
        using var drill = new Drill(
            BlobWriteOnceStore.At(backups, null, new DefaultAzureCredential(), Container),
            Given.Clock(),
            configure: null,
            "Vcas:Backup:Enabled=true", $"Vcas:Backup:Container={Container}", $"BackupConnection={backups}", RunningApp.SweptDaily)
        {
            Accounts = (first, second),
            Command = PutBackAsync,
        };
        await drill.RunAsync();

        async Task PutBackAsync(string name)
        {
            var (listed, names) = await RunAsync(backups, connection: null, "--list");
            Assert.Equal(0, listed);
            Assert.Contains($"{name}  ", names, StringComparison.Ordinal);
            Assert.Equal(4, names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

            var (ended, said) = await RunAsync(backups, connection, "--backup", name);
            Assert.True(ended == 0, said);
            Assert.Contains($"{name} is put back: ", said, StringComparison.Ordinal);
            Assert.Contains("2 households as later backups know them", said, StringComparison.Ordinal);
            var stored = await RowsAsync(second);

            // What is there is put back once: not by mistake, and not twice.
            var (refused, why) = await RunAsync(backups, connection, "--backup", name);
            Assert.Equal(1, refused);
            Assert.Contains("These tables hold something: ", why, StringComparison.Ordinal);
            var (filled, nothing) = await RunAsync(backups, connection, "--backup", name, "--fill-in");
            Assert.Equal(0, filled);
            Assert.Contains($"{name} is put back: 0 rows, 0 of numbers never to be called,", nothing, StringComparison.Ordinal);
            Assert.Equal(stored, await RowsAsync(second));
        }
    }

    [Fact]
    public async Task Where_there_is_no_backup_the_command_says_so_and_makes_no_table()
    {
        var (backups, _) = await blobs.WithAsync(Container);
        var (connection, account) = tables.NextAccount();
        var (ended, said) = await RunAsync(backups, connection);
        Assert.Equal((1, "There is no backup that was finished."), (ended, said.Trim()));
        await foreach (var table in account.QueryAsync(cancellationToken: Cancellation)) Assert.Fail($"It made {table.Name}.");
    }

    private static async Task<List<string>> RowsAsync(TableServiceClient account)
    {
        var rows = new List<string>();
        foreach (var table in new VcasTables(account).InBackupOrder)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
                rows.Add($"{table.Name} {row.PartitionKey} {row.RowKey} {row.ETag}");
        }

        return rows;
    }

    private static async Task<(int Ended, string Said)> RunAsync(string backups, string? connection, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "VcasRestore.dll"), "--container", Container, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["VCAS_BACKUP_CONNECTION"] = backups, ["VCAS_TABLES_CONNECTION"] = connection },
        };
        using var command = Process.Start(start) ?? throw new InvalidOperationException("The command did not start.");
        var (said, complained) = (command.StandardOutput.ReadToEndAsync(Cancellation), command.StandardError.ReadToEndAsync(Cancellation));
        await command.WaitForExitAsync(Cancellation);
        return (command.ExitCode, await said + await complained);
    }
}
