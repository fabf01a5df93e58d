using LocalAzure.Storage;
using Microsoft.Extensions.Hosting;
using VcasLocal;

try
{
    if (CopyCommand.TargetOf(args) is not null) return CopyCommand.Run(args, Console.Out);
    LocalApplication.CreateBuilder(args).Build().Run();
    return 0;
}
catch (StorageException refused)
{
    // A sentence to act on, not a wall of calls.
    Console.Error.WriteLine(refused.Message);
    return 1;
}
