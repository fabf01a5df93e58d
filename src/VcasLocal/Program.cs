using Microsoft.Extensions.Hosting;
using VcasLocal;

LocalApplication.CreateBuilder(args).Build().Run();
