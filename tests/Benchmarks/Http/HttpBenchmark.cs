using System.Diagnostics;
using LocalAzure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace Benchmarks.Http;

/// <summary>
/// What an HTTP function costs over a bare Kestrel route that does the same, both in this process and measured in turns, so
/// that the ratio means something on any machine.
/// </summary>
internal static class HttpBenchmark
{
    private const int Rounds = 7;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(1);
    private static readonly string Id = Guid.Empty.ToString();

    public static async Task RunAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-http-benchmark", Guid.NewGuid().ToString("N"));
        await using var bare = await StartBareAsync();
        using var functions = Build(folder, middleware: false);
        using var layered = Build(folder + "-layered", middleware: true);
        try
        {
            await functions.StartAsync();
            await layered.StartAsync();
            var barePort = new Uri(bare.Urls.First()).Port;
            var port = new LocalAzureHost(functions).Address.Port;
            var layeredPort = new LocalAzureHost(layered).Address.Port;
            var get = RawLoad.Request("GET", $"/api/things/{Id}", null);
            var put = RawLoad.Request("PUT", $"/api/things/{Id}", """{"name":"lamp","count":3}""");
            Console.WriteLine("requests/s                             bare Kestrel   function   bare/function");
            await CompareAsync("GET, route value, text", barePort, port, get);
            await CompareAsync("GET, one middleware around it", barePort, layeredPort, get);
            await CompareAsync("PUT, [FromBody] by MVC's binder", barePort, port, put);
            await functions.StopAsync();
            await layered.StopAsync();
        }
        finally
        {
            await ((IAsyncDisposable)functions).DisposeAsync();
            await ((IAsyncDisposable)layered).DisposeAsync();
            foreach (var used in new[] { folder, folder + "-layered" })
            {
                if (Directory.Exists(used)) Directory.Delete(used, recursive: true);
            }
        }
    }

    private static async Task CompareAsync(string what, int barePort, int port, byte[] request)
    {
        await RawLoad.RunAsync(barePort, request, RoundLength);
        await RawLoad.RunAsync(port, request, RoundLength);
        var rounds = new List<(double Bare, double Function)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add((await RawLoad.RunAsync(barePort, request, RoundLength), await RawLoad.RunAsync(port, request, RoundLength)));
        var ratios = rounds.Select(round => round.Bare / round.Function).Order().ToList();
        Console.WriteLine(
            $"{what,-38} {Median(rounds.Select(round => round.Bare)),12:N0} {Median(rounds.Select(round => round.Function)),10:N0}   "
            + $"{ratios[Rounds / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2})");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static async Task<WebApplication> StartBareAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/api/things/{id:guid}", (Guid id) => Results.Text("lamp"));
        app.MapPut("/api/things/{id:guid}", (Guid id, Thing thing) => Results.Text(thing.Name));
        await app.StartAsync();
        return app;
    }

    private static IHost Build(string folder, bool middleware)
    {
        var builder = new LocalAzureBuilder(
            typeof(HttpBenchmark).Assembly, [$"--LocalAzure:Data={folder}", "--LocalAzure:Http:Port=0", "--LocalAzure:ServiceBus:Port=0"]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalAzureOptions>(options => options.FunctionTypes.Add(typeof(Functions)));
        if (middleware) builder.UseMiddleware((_, next) => next());
        return builder.Build();
    }

    internal sealed record Thing(string Name, int Count);

    internal sealed class Functions
    {
        [Function("GetThing")]
        public Task<IResult> GetThing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:guid}")] HttpRequest request, Guid id) =>
            Task.FromResult(Results.Text("lamp"));

        [Function("PutThing")]
        public Task<IResult> PutThing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "things/{id:guid}")] HttpRequest request,
            Guid id,
            [FromBody] Thing thing) =>
            Task.FromResult(Results.Text(thing.Name));
    }
}
