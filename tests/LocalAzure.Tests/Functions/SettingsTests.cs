using Azure.Core;
using Azure.Data.Tables;
using LocalAzure.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LocalAzure.Tests.Functions;

public sealed class SettingsTests : IDisposable
{
    private readonly string folder = TestApp.NewFolder();

    public SettingsTests() => Directory.CreateDirectory(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{ /* comment */ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""", "Hello")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "force/v1" } } }""", "force/v1/Hello")]
    [InlineData("""{ "version": "2.0" }""", "api/Hello")]
    public async Task The_route_prefix_comes_from_host_json(string hostJson, string path)
    {
        var file = Path.Combine(folder, "host.json");
        await File.WriteAllTextAsync(file, hostJson, TestContext.Current.CancellationToken);
        await using var app = await TestApp.StartAsync(typeof(Hello), null, null, $"--LocalAzure:HostJson={file}");
        Assert.Equal("hello", await app.GetAsync(path));
    }

    [Fact]
    public async Task Local_settings_are_settings_beneath_the_command_line()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "local.settings.json"),
            """
            { "IsEncrypted": false, "Values": { "Team__Name": "trial", "Team:Size": "3", "Other": "file" },
             "ConnectionStrings": { "Db": "x" }, "Host": { "LocalHttpPort": 1234 } }
            """,
            TestContext.Current.CancellationToken);
        var configuration = new LocalAzureBuilder(
            typeof(TestApp).Assembly, [$"--FUNCTIONS_APPLICATION_DIRECTORY={folder}", "--Other=line"]).Configuration;
        Assert.Equal(
            ("trial", "3", "line", "1234"),
            (configuration["Team:Name"], configuration["Team:Size"], configuration["Other"], configuration["LocalAzure:Http:Port"]));
        Assert.Equal("x", configuration.GetConnectionString("Db"));
    }

    [Fact]
    public async Task Encrypted_local_settings_are_refused()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "local.settings.json"),
            """{ "IsEncrypted": true, "Values": { "A": "x" } }""",
            TestContext.Current.CancellationToken);
        Assert.Throws<InvalidDataException>(
            () => new LocalAzureBuilder(typeof(TestApp).Assembly, [$"--FUNCTIONS_APPLICATION_DIRECTORY={folder}"]));
    }

    [Fact]
    public async Task Azure_s_clients_are_taken_before_the_app_registers_its_own()
    {
        await using var app = await TestApp.StartAsync(typeof(Hello), builder =>
        {
            builder.Services.TryAddSingleton<TokenCredential>(
                _ => throw new InvalidOperationException("The app's own credential was asked for."));
            builder.Services.TryAddSingleton<TableServiceClient>(
                _ => throw new InvalidOperationException("The app's own account was asked for."));
        });
        var tables = Assert.IsType<LocalTableServiceClient>(app.Host.Services.GetRequiredService<TableServiceClient>());
        Assert.Same(tables, app.Local.Tables);
        var token = await app.Host.Services.GetRequiredService<TokenCredential>().GetTokenAsync(
            new TokenRequestContext(["https://graph.microsoft.com/.default"]), default);
        Assert.Equal(3, token.Token.Split('.').Length);
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_crash_and_what_wasn_t_answered_may_not_be()
    {
        var first = await TestApp.StartAsync(typeof(Hello), null, folder);
        var table = first.Local.Tables.GetTableClient("things");
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        await table.AddEntityAsync(new TableEntity("a", "b") { ["n"] = 1 }, TestContext.Current.CancellationToken);
        var address = first.Local.Address;
        await first.CrashAsync();
        await Assert.ThrowsAsync<HttpRequestException>(
            () => first.Client.GetAsync(new Uri(address, "api/Hello"), TestContext.Current.CancellationToken));

        await using var second = await TestApp.StartAsync(typeof(Hello), null, folder);
        var found = await second.Local.Tables.GetTableClient("things").GetEntityAsync<TableEntity>(
            "a", "b", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, found.Value["n"]);
    }

    [Fact]
    public async Task The_console_shows_and_moves_the_clock()
    {
        await using var app = await TestApp.StartAsync(typeof(Hello), null, null, "--LocalAzure:Clock:Start=2022-01-03T09:00:00Z");
        Assert.StartsWith("""{"now":"2022-01-03T09:0""", await app.GetAsync("local/clock"), StringComparison.Ordinal);
        var moved = await app.SendAsync("POST", "local/clock/advance", new { by = "21.00:00:00" });
        Assert.StartsWith(
            """{"now":"2022-01-24T09:0""",
            await moved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(
            System.Net.HttpStatusCode.BadRequest,
            (await app.SendAsync("POST", "local/clock/advance", new { by = "-1.00:00:00" })).StatusCode);
    }

    [Fact]
    public async Task Without_the_console_there_is_nothing_to_look_at()
    {
        await using var app = await TestApp.StartAsync(typeof(Hello), null, null, "--LocalAzure:Console=false");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.SendAsync("GET", "local/clock")).StatusCode);
    }

    public sealed class Hello
    {
        [Function("Hello")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("hello");
    }
}
