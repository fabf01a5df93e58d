using Microsoft.Extensions.Hosting;
using VcasLocal;
using VcasLocal.FirstMinutes;

// "run" is what ./run starts: the app and VCAS's side, checked before anything is touched. Without it: the app alone, as it is set.
if (args is ["run", .. var asked]) return await RunCommand.RunAsync(asked);

LocalApplication.CreateBuilder(args).Build().Run();
return 0;
