using System.Net.Http.Json;
using LocalAzure.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAzure.Tests.Functions;

/// <summary>An app made of a test's own function classes, on free ports and a folder of its own, which it deletes.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly bool ownsFolder;
    private bool ended;

    private TestApp(IHost host, string folder, bool ownsFolder)
    {
        (Host, Folder, this.ownsFolder) = (host, folder, ownsFolder);
        Local = new LocalAzureHost(host);
        Client = new HttpClient();
    }

    public IHost Host { get; }

    public LocalAzureHost Local { get; }

    public string Folder { get; }

    public HttpClient Client { get; }

    public static Task<TestApp> StartAsync(
        Type functions, Action<LocalAzureBuilder>? configure = null, string? folder = null, params string[] args) =>
        StartAsync([functions], configure, folder, args);

    public static async Task<TestApp> StartAsync(
        Type[] functions, Action<LocalAzureBuilder>? configure = null, string? folder = null, params string[] args)
    {
        var ownFolder = folder is null;
        folder ??= NewFolder();
        var app = new TestApp(Build(functions, configure, folder, args), folder, ownFolder);
        await app.Host.StartAsync(TestContext.Current.CancellationToken);
        app.Client.BaseAddress = app.Local.Address;
        return app;
    }

    public static IHost Build(Type[] functions, Action<LocalAzureBuilder>? configure, string folder, params string[] args)
    {
        var builder = new LocalAzureBuilder(
            typeof(TestApp).Assembly,
        [
            $"--LocalAzure:Data={folder}", "--LocalAzure:Http:Port=0", "--LocalAzure:ServiceBus:Port=0", "--LocalAzure:Durability=Process",
            .. args,
        ]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalAzureOptions>(options =>
        {
            foreach (var type in functions) options.FunctionTypes.Add(type);
        });
        configure?.Invoke(builder);
        return builder.Build();
    }

    public static string NewFolder() => Path.Combine(Path.GetTempPath(), "localazure-tests", Guid.NewGuid().ToString("N"));

    public async Task<string> GetAsync(string path) => await Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null) => Client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) },
        TestContext.Current.CancellationToken);

    /// <summary>Waits until nothing is left to do; after 30 seconds it fails and says what was.</summary>
    public async Task IdleAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await Local.WhenIdleAsync(patience.Token);
    }

    /// <summary>Ends as a kill would; the folder stays for the next app.</summary>
    public async Task CrashAsync()
    {
        ended = true;
        await Local.CrashAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!ended)
        {
            ended = true;
            await Host.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)Host).DisposeAsync();
        }

        if (ownsFolder && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
