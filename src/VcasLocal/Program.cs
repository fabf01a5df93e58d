using LocalAzure.Storage;
using Microsoft.Extensions.Hosting;
using VcasFunctions.Sealing;
using VcasLocal;
using VcasLocal.Running;

// "run" is what ./run starts: the app and VCAS's side, checked before anything is touched. Without it: the app alone, as it is set.
if (args is ["run", .. var asked]) return await RunCommand.RunAsync(asked);

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
