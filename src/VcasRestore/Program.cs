using Azure.Data.Tables;
using Azure.Identity;
using VcasFunctions.WriteOnceStorage;
using VcasRestore;

// Puts a backup back into tables: docs/operations/backup.md says when, how, and what to do afterwards.
RestoreArguments arguments;
try
{
    arguments = RestoreArguments.Read(args, Environment.GetEnvironmentVariable);
}
catch (RestoreRefusedException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var store = BlobWriteOnceStore.At(arguments.From.Connection, arguments.From.Uri, new DefaultAzureCredential(), arguments.Container);
try
{
    if (arguments.List)
    {
        foreach (var found in await BackupReader.ListAsync(store, stop.Token))
            Console.WriteLine(
                $"{found.Name}  {found.Manifest.Rows} rows of {found.Manifest.Tables.Count} tables of {found.Manifest.Force}");
        return 0;
    }

    var target = arguments.To.Connection is { } connection
        ? new TableServiceClient(connection)
        : new TableServiceClient(new Uri(arguments.To.Uri!), new DefaultAzureCredential());
    var result = await new TablesRestore(store, target, Console.Out).RestoreAsync(arguments.Backup, arguments.FillIn, stop.Token);
    Console.WriteLine(result.Text);
    return 0;
}
catch (RestoreRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped. Begin again with --fill-in: what is there already stays, and the rest follows.");
    return 3;
}
