using System.Net.Http.Json;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using LocalAzure;
using LocalAzure.Graph;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests.Outages;

/// <summary>A force at work on Monday 4 March 2024 from nine o'clock, whose app can be cut down and started again.</summary>
internal sealed class Force : IAsyncDisposable
{
    /// <summary>When everything begins.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private const string Supervisor = "66666666-7777-8888-9999-000000000000";
    private const string CallBackTeam = "11111111-2222-3333-4444-555555555555";
    private readonly FakeTimeProvider clock = new(Monday);
    private readonly int busPort = FreePorts.Next();
    private ReceiverProcess? vcas;

    private readonly string[] settings;

    private Force(string[] settings) => this.settings = settings;

    /// <summary>The app that runs now.</summary>
    public RunningApp App { get; private set; } = null!;

    /// <summary>Data of the app and of VCAS.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("vcas-outage-").FullName;

    /// <summary>Everything that the app has logged.</summary>
    public CapturedLog Log { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Force> StartAsync(params string[] settings)
    {
        var force = new Force(settings);
        await force.StartAppAsync();
        return force;
    }

    /// <summary>VCAS begins to work, and decides so.</summary>
    public void StartVcas(string answer = "accept") => vcas = ReceiverProcess.Start(App.Azure.Broker.ConnectionString, Folder, answer);

    /// <summary>VCAS is away from now on.</summary>
    public async Task StopVcasAsync()
    {
        if (vcas is not null) await vcas.DisposeAsync();
        vcas = null;
    }

    /// <summary>A power cut, and the app comes back at the same instant.</summary>
    public async Task CrashAndRestartAsync()
    {
        await App.CrashAsync();
        await App.DisposeAsync();
        await StartAppAsync();
    }

    private int numbers = 122;

    /// <summary>Records an offer of a household with a number of its own, the first 07700 900123, and gives its id.</summary>
    public async Task<Guid> RecordAsync(string answer)
    {
        var id = Guid.NewGuid();
        using var recorded = await App.Http.PutAsJsonAsync(
            $"api/offers/{id}",
            new { answer, contact = new { name = "Alex Example", phone = $"07700 900{Interlocked.Increment(ref numbers):D3}" } },
            Cancellation);
        Assert.True((int)recorded.StatusCode == 201, await recorded.Content.ReadAsStringAsync(Cancellation));
        return id;
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task DoAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"api/{path}") { Content = JsonContent.Create(body) };
        using var answer = await App.Http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
    }

    /// <summary>Asks with a body, and gives the answer.</summary>
    public async Task<JsonElement> AskAsync(string path, object body)
    {
        using var answer = await App.Http.PostAsJsonAsync($"api/{path}", body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>Asks for a file, which is given.</summary>
    public async Task<byte[]> FileAsync(string path)
    {
        using var answer = await App.Http.PostAsync($"api/{path}", content: null, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    /// <summary>Somebody calls.</summary>
    public Task CallAsync(Guid id, string outcome) =>
        DoAsync(HttpMethod.Post, $"call-backs/{id}/attempts", new { attemptId = Guid.NewGuid(), outcome, safetyChecked = true });

    /// <summary>An offer as it is answered.</summary>
    public Task<JsonElement> OfferAsync(Guid id) => App.GetAsync($"offers/{id}", Cancellation);

    /// <summary>Where an offer stands.</summary>
    public async Task<string?> StateAsync(Guid id) => (await OfferAsync(id)).GetProperty("state").GetString();

    /// <summary>Where its referral stands.</summary>
    public async Task<string?> ReferralAsync(Guid id) => (await OfferAsync(id)).GetProperty("referral").GetProperty("state").GetString();

    /// <summary>The names of everything that has happened to it.</summary>
    public async Task<IReadOnlyList<string?>> TrailAsync(Guid id) =>
        [.. (await OfferAsync(id)).GetProperty("trail").EnumerateArray().Select(entry => entry.GetProperty("event").GetString())];

    /// <summary>Waits, while the clock stands, for VCAS, which is another process.</summary>
    public async Task UntilReferralAsync(Guid id, string state)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                await App.WhenIdleAsync(Cancellation);
                return await ReferralAsync(id) == state;
            },
            $"the referral to be {state}",
            Cancellation,
            seconds: 60);
    }

    public Task AdvanceAsync(TimeSpan by) => App.AdvanceAsync(by, Cancellation);

    public Task AdvanceToAsync(DateTimeOffset instant) => App.AdvanceToAsync(instant, Cancellation);

    /// <summary>The kinds of notification that the supervisor has of an offer.</summary>
    public IReadOnlyList<string> ToldSupervisor(Guid id) => Told(Supervisor, id);

    /// <summary>The kinds of notification that the call-back team has of an offer.</summary>
    public IReadOnlyList<string> ToldTeam(Guid id) => Told(CallBackTeam, id);

    public async ValueTask DisposeAsync()
    {
        await StopVcasAsync();
        await App.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private IReadOnlyList<string> Told(string recipient, Guid id) =>
        [.. App.Azure.Graph.Inbox(recipient).Where(notice => IsOf(notice, id)).Select(notice => notice.ActivityType)];

    private static bool IsOf(GraphNotification notice, Guid id) =>
        notice.TemplateParameters["reference"] == Vcas.Domain.Households.Household.ReferenceOf(id);

    private async Task StartAppAsync() => App = await RunningApp.StartAsync(
        clock, Folder, Configure,
        [$"LocalAzure:ServiceBus:Port={busPort}", $"Vcas:OtherTeams:Supervisor={Supervisor}", .. settings]);

    private void Configure(LocalAzureBuilder builder)
    {
        builder.Logging.AddProvider(Log);
        // The client's own retries wait by the network's clock, 5.6 s for each send, while the test waits out days of another clock.
        builder.Services.AddSingleton(provider => new ServiceBusClient(
            provider.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!,
            new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } }));
    }
}
