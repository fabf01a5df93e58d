using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Health;
using VcasFunctions.Offers;

namespace EndToEnd.Tests.Worker;

/// <summary>
/// The app as azd publishes it, started as a worker process. Its tables lie in Microsoft's emulator; people are signed in, and
/// messages taken, by a second app beside it, which stands in for Azure.
/// </summary>
public sealed class PublishedWorker : IAsyncLifetime
{
    private readonly Azurite azurite = new();
    private Published? published;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The app in this process, by whose engine the published one is judged.</summary>
    public RunningApp Local { get; private set; } = null!;

    /// <summary>The host under which the published app runs.</summary>
    internal FunctionsHost Host { get; private set; } = null!;

    /// <summary>The tables of the published app.</summary>
    public TableServiceClient Tables { get; private set; } = null!;

    /// <summary>From the start of the process until all functions were loaded.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>… until the first request was answered, and the first offer recorded.</summary>
    public (TimeSpan Answer, TimeSpan Offer) First { get; private set; }

    /// <summary>What an offer says; whoever records it may do all.</summary>
    public static object Declined { get; } = new { answer = "declined", contact = new { name = "Robin Example", phone = "07700 900345" } };

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // It is made before the tests that need it are skipped.
        if (!Tool.Node.IsThere()) return;
        published = await Published.GetAsync(Cancellation);
        await azurite.InitializeAsync();
        (var connection, Tables) = azurite.NextAccount();
        Local = await RunningApp.StartAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var token = await TokenAsync();
        var began = Stopwatch.GetTimestamp();
        Host = await FunctionsHost.StartAsync(published.Folder, Settings(connection), Cancellation);
        StartedIn = Stopwatch.GetElapsedTime(began);
        using (var question = new HttpRequestMessage(HttpMethod.Get, "api/health"))
        using (await Host.SendAsync(nameof(ReadHealth), question, Cancellation))
        {
            var answered = Stopwatch.GetElapsedTime(began);
            using var recorded = await PutAsync(Guid.NewGuid(), token);
            Assert.Equal(HttpStatusCode.Created, recorded.StatusCode);
            First = (answered, Stopwatch.GetElapsedTime(began));
        }
    }

    /// <summary>Sends the offer.</summary>
    public async Task<HttpResponseMessage> PutAsync(Guid id, AuthenticationHeaderValue? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"api/offers/{id}") { Content = JsonContent.Create(Declined) };
        request.Headers.Authorization = token;
        return await Host.SendAsync(nameof(RecordOffer), request, Cancellation);
    }

    /// <summary>Signs somebody in who may do all.</summary>
    public async Task<AuthenticationHeaderValue> TokenAsync()
    {
        using var issuer = Local.As(person: null);
        using var answer = await issuer.PostAsync($"local/identity/token?role={Someone.WhoMayDoAll}", content: null, Cancellation);
        return new AuthenticationHeaderValue("Bearer", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        if (Local is not null) await Local.DisposeAsync();
        await azurite.DisposeAsync();
        published?.Dispose();
    }

    private Dictionary<string, string> Settings(string tables) => new()
    {
        ["TablesConnection"] = tables,
        ["ServiceBusConnection"] = Configuration["ServiceBusConnection"]!,
        ["Vcas:Referrals:AnswerQueue"] = "referral-answers",
        ["Vcas:Sweep:Schedule"] = "0 7 * * * *",
        ["Vcas:Nightly:Schedule"] = "0 40 1 * * *",
        ["Vcas:Tasks:Schedule"] = "0 0 * * * *",
        ["Vcas:Sealing:ActiveKey"] = "first",
        ["Vcas:Sealing:Keys:first"] = Key(),
        ["Vcas:Sealing:HashKey"] = Key(),
        ["Vcas:CallBackTeams:call-back:TeamId"] = "11111111-2222-3333-4444-555555555555",
        ["Vcas:OtherTeams:GroupId"] = Someone.EveryTeam,
        ["Vcas:CallBackTeams:call-back:GroupId"] = Someone.EveryTeam,
        ["Vcas:Access:TenantId"] = Configuration["Vcas:Access:TenantId"]!,
        ["Vcas:Access:Audience"] = Configuration["Vcas:Access:Audience"]!,
        ["Vcas:Access:Authority"] = Configuration["Vcas:Access:Authority"]!,
    };

    private IConfiguration Configuration => Local.Services.GetRequiredService<IConfiguration>();

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
