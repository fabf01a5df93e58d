using LocalAzure.Storage;
using Microsoft.Extensions.Hosting;
using VcasFunctions.Sealing;
using VcasLocal;

try
{
    if (CopyCommand.TargetOf(args) is not null) return CopyCommand.Run(args, Console.Out);
    LocalApplication.CreateBuilder(args).Build().Run();
    return 0;
}
catch (Exception refused) when (refused is StorageException or KeyMismatchException)
{
    // A sentence to act on, not a wall of calls.
    Console.Error.WriteLine(refused.Message);
    return 1;
}
