using System.Net.Http.Json;
using System.Text.Json;
using LocalAzure;
using LocalAzure.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VcasFunctions;
using VcasLocal;

namespace Shared;

/// <summary>The whole app in this process, on a folder of its own, with a clock that the test owns.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    /// <summary>
    /// A setting for tests that let weeks pass and are about something else: the sweep would come five hundred times in three weeks, and
    /// where the tables lie in Microsoft's emulator each time costs as much as a test.
    /// </summary>
    public const string SweptDaily = "Vcas:Sweep:Schedule=0 7 3 * * *";

    private readonly IHost host;
    private readonly bool ownsFolder;
    private bool ended;

    private RunningApp(IHost host, FakeTimeProvider clock, string folder, bool ownsFolder)
    {
        (this.host, Clock, Folder, this.ownsFolder) = (host, clock, folder, ownsFolder);
        Azure = new LocalAzureHost(host);
        Http = As(Someone.WhoMayDoAll);
    }

    /// <summary>Answers to <c>api/…</c>, on behalf of somebody who has every role in every team.</summary>
    public HttpClient Http { get; }

    /// <summary>The clock; move it with <see cref="AdvanceAsync"/>.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>What stands in for Azure.</summary>
    public LocalAzureHost Azure { get; }

    /// <summary>Where its data lies.</summary>
    public string Folder { get; }

    /// <summary>The app's own services.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Starts the app.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="folder">Its data; a new folder, deleted at the end, when null.</param>
    /// <param name="configure">Puts a test's own parts in before the host is built.</param>
    /// <param name="settings">Settings as <c>Vcas:Policy:IntervalDays=14</c>.</param>
    public static async Task<RunningApp> StartAsync(
        FakeTimeProvider clock, string? folder = null, Action<LocalAzureBuilder>? configure = null, params string[] settings)
    {
        var data = folder ?? Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        var builder = LocalApplication.CreateBuilder(
            [
                $"--LocalAzure:Data={data}",
                "--LocalAzure:Durability=Process",
                "--LocalAzure:Http:Port=0",
                "--LocalAzure:ServiceBus:Port=0",
                "--LocalAzure:KeptFolderSetting=AnchorsConnection:folder",
                "--LocalAzure:ServiceBus:Queues:0:Name=referrals",
                "--LocalAzure:ServiceBus:Queues:0:ForwardDeadLetteredMessagesTo=referrals-dead",
                "--LocalAzure:ServiceBus:Queues:1:Name=referral-answers",
                "--LocalAzure:ServiceBus:Queues:1:ForwardDeadLetteredMessagesTo=referral-answers-dead",
                "--LocalAzure:ServiceBus:Queues:2:Name=referrals-dead",
                "--LocalAzure:ServiceBus:Queues:3:Name=referral-answers-dead",
                // Every minute would be thirty thousand stops on the way through three weeks: once a day, and whenever
                // a test waits for idleness.
                "--Vcas:Referrals:AnswersSchedule=0 7 3 * * *",
                // A morning's digest would be among the notices that a test counts: who is about it sets when it comes.
                "--Vcas:Tasks:Schedule=0 0 3 1 1 *",
                "--Vcas:CallBackTeams:call-back:TeamId=11111111-2222-3333-4444-555555555555",
                .. Someone.Settings(settings).Concat(settings).Select(setting => $"--{setting}"),
            ]);
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (await AppTables.OfAsync(data) is { } tables) builder.Services.AddSingleton(TableCalls.Noted(tables));
        else if (TableCalls.AreNoted)
            builder.Services.AddSingleton(provider => TableCalls.Noted(provider.GetRequiredService<LocalTableServiceClient>()));
        if (TableCalls.AreNoted)
        {
            builder.UseMiddleware((context, next) =>
            {
                TableTraffic.Function = context.FunctionDefinition.Name;
                return next();
            });
        }

        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        var built = builder.Build();
        try
        {
            await built.StartAsync();
        }
        catch (Exception failure) when (failure is not OptionsValidationException)
        {
            // Otherwise the folder would stay locked for whoever starts it again.
            await new LocalAzureHost(built).CrashAsync();
            throw;
        }

        var app = new RunningApp(built, clock, data, folder is null);
        Shared.SignedIn.Forget(app.Azure.Address);
        return app;
    }

    /// <summary>Answers on behalf of one of the people whom the configuration names; of nobody when null.</summary>
    public HttpClient As(string? person) => new(SignedIn(person)) { BaseAddress = Azure.Address };

    /// <summary>Signs requests in.</summary>
    public HttpMessageHandler SignedIn(string? person) => person is null ? new SocketsHttpHandler() : new SignedIn(Azure.Address, person);

    /// <summary>Moves time on, from one thing that happens by itself to the next.</summary>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellation = default) =>
        Azure.AdvanceAsync(Clock.SetUtcNow, by, cancellation);

    /// <summary>Moves time on to an instant.</summary>
    public Task AdvanceToAsync(DateTimeOffset target, CancellationToken cancellation = default) =>
        Azure.AdvanceToAsync(Clock.SetUtcNow, target, cancellation);

    /// <summary>
    /// Waits until nothing is left to do at this instant. Answers of VCAS's that lie there are taken in without waiting for their time.
    /// </summary>
    public async Task WhenIdleAsync(CancellationToken cancellation = default)
    {
        await Azure.WhenIdleAsync(cancellation);
        if (!Azure.Broker.IsListening || Azure.Broker.Count("referral-answers").Active == 0) return;
        await Azure.RunTimerAsync(nameof(VcasFunctions.Referrals.ReceiveAnswers), cancellation);
        await Azure.WhenIdleAsync(cancellation);
    }

    /// <summary>The answer of <c>GET api/{path}</c>.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation = default) =>
        Http.GetFromJsonAsync<JsonElement>($"api/{path}", cancellation);

    /// <summary>Ends as a kill would; an app started on the same folder afterwards goes on.</summary>
    public async Task CrashAsync()
    {
        ended = true;
        Http.Dispose();
        await Azure.CrashAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            Http.Dispose();
            await host.StopAsync();
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
            else host.Dispose();
        }

        if (ownsFolder && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
