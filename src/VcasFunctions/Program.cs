using Microsoft.Extensions.Hosting;
using VcasFunctions;

VcasApplication.CreateBuilder(args).Build().Run();
