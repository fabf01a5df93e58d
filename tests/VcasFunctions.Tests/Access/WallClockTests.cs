using System.Net.Http.Headers;
using System.Net.Http.Json;
using LocalAzure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VcasLocal;

namespace VcasFunctions.Tests.Access;

/// <summary>Whoever signed in stays signed in while the service's own time runs faster, elsewhere, or is moved on by weeks.</summary>
[Trait("Tables", "Local")]
public sealed class WallClockTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--LocalAzure:Clock:Speed=30240")]
    [InlineData("--LocalAzure:Clock:Speed=90000")]
    [InlineData("--LocalAzure:Clock:Start=2023-02-01T08:00:00Z")]
    [InlineData("--LocalAzure:Clock:Start=2037-02-02T08:00:00Z")]
    public async Task A_token_is_good_for_its_hour_on_the_wall(string clock)
    {
        var builder = LocalApplication.CreateBuilder(
            [
                $"--LocalAzure:Data={folder}", "--LocalAzure:Durability=Process", "--LocalAzure:Http:Port=0",
                "--LocalAzure:ServiceBus:Port=0", clock,
            ]);
        builder.Logging.ClearProviders();
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new LocalAzureHost(host).Address };
        using var given = await http.PostAsync(new Uri("local/identity/token?role=caller", UriKind.Relative), null, Cancellation);
        var token = await given.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(200, await AskAsync(http, token));
        using var moved = await http.PostAsJsonAsync("local/clock/advance", new { by = "33.00:00:00" }, Cancellation);
        Assert.Equal(200, (int)moved.StatusCode);
        Assert.Equal(200, await AskAsync(http, token));
        Assert.Equal(401, await AskAsync(http, token[..^4] + "AAAA"));
        await host.StopAsync(Cancellation);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> AskAsync(HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/call-backs?state=due");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, Cancellation);
        return (int)answer.StatusCode;
    }
}
