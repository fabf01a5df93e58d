using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using LocalAzure.Storage;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>What is in the way is said in one sentence, before anything is touched: ports, data, programs of other people.</summary>
public sealed class InTheWayTests : IDisposable
{
    private static readonly string[] Files = ["local.db", "local.db-wal", "vcas.db", "vault.json"];
    private static readonly byte[] Fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray();

    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-way-" + Path.GetRandomFileName());

    public InTheWayTests()
    {
        Directory.CreateDirectory(folder);
        foreach (var name in Files) File.WriteAllText(Path.Combine(folder, name), $"somebody's {name}");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("HTTP_PORT")]
    [InlineData("BUS_PORT")]
    [InlineData("VCAS_PORT")]
    public async Task A_port_that_another_program_listens_on_stops_it_with_a_sentence(string variable)
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;

        await using var run = RunProcess.Start(folder, new Dictionary<string, string> { [variable] = $"{port}" }, "--fresh");

        MustBeSaid(await run.EndedAsync(Cancellation), run, $"Port {port} ", $"{variable}=");
        Assert.False(stranger.Pending(), "It knocked at a stranger's door.");
    }

    [Fact]
    public async Task A_server_that_answers_everything_with_200_is_not_taken_for_the_app()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asked = 0;
        var serving = Task.Run(
            async () =>
            {
                while (true)
                {
                    using var client = await stranger.AcceptTcpClientAsync(closing.Token);
                    Interlocked.Increment(ref asked);
                    await client.GetStream().WriteAsync(Fine, closing.Token);
                }
            },
            Cancellation);
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;

        await using var run = RunProcess.Start(folder, new Dictionary<string, string> { ["HTTP_PORT"] = $"{port}" });

        MustBeSaid(await run.EndedAsync(Cancellation), run, $"Port {port} ", "HTTP_PORT=");
        Assert.Equal(0, asked);
        await closing.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public async Task A_folder_that_another_process_has_is_left_alone_and_its_holder_named()
    {
        using var held = Ownership.Take(Path.Combine(folder, "local.db"));

        await using var run = RunProcess.Start(folder, options: "--fresh");

        MustBeSaid(await run.EndedAsync(Cancellation), run, $"in use by process {Environment.ProcessId} since", "DATA=");
    }

    [Fact]
    public async Task A_store_that_VCASs_program_has_by_itself_is_left_alone()
    {
        // As VcasReceiver does it.
        await using var held = new FileStream(Path.Combine(folder, "vcas.db.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        await using var run = RunProcess.Start(folder, options: "--fresh");

        MustBeSaid(await run.EndedAsync(Cancellation), run, "in use by a VcasReceiver", "DATA=");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_one_is_named()
    {
        var file = Path.Combine(folder, "vault.json");
        await using var run = RunProcess.Start(file);
        MustBeSaid(await run.EndedAsync(Cancellation), run, $"The data folder {file} can't be made", "DATA=");
    }

    [Theory]
    [InlineData("local.db.lock")]
    [InlineData("vcas.db.lock")]
    public async Task A_lock_that_cannot_be_taken_and_that_nobody_has_is_not_put_down_to_another_process(string name)
    {
        // A link to itself can't be opened, whoever asks: as on a disk that is read-only, but for an administrator as well.
        File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(folder, name));

        await using var run = RunProcess.Start(folder, options: "--fresh");

        MustBeSaid(await run.EndedAsync(Cancellation), run, $"The data folder {folder} can't be made or written to", "DATA=");
    }

    [Theory]
    [InlineData("Vcas__Policy__MaxAttempts", "often")]
    [InlineData("Vcas__Safety__ClaimMinutes", "99999999999")]
    [InlineData("LocalAzure__Identity__People__kim__Roles__0", "Officer")]
    public async Task A_setting_that_can_not_be_read_is_named_in_one_sentence(string variable, string value)
    {
        foreach (var file in Directory.GetFiles(folder)) File.Delete(file);
        await using var run = RunProcess.Start(folder, new Dictionary<string, string> { [variable] = value });

        Assert.Equal(2, await run.EndedAsync(Cancellation));
        Assert.Contains(variable.Replace("__Roles__0", "").Replace("__", ":"), run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fresh_beside_a_running_one_takes_nothing_of_it_and_after_it_all_but_the_keys()
    {
        foreach (var file in Directory.GetFiles(folder)) File.Delete(file);
        await using var first = RunProcess.Start(folder);
        await first.UntilUpAsync(Cancellation);
        var id = Guid.NewGuid();
        Assert.Equal(HttpStatusCode.Created, await PutAsync(first, id));

        await using (var second = RunProcess.Start(folder, options: "--fresh"))
        {
            Assert.Equal(1, await second.EndedAsync(Cancellation));
            Assert.Contains($"in use by process {first.Id} since", second.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, await PutAsync(first, id));
        await first.SignalAsync("TERM", Cancellation);
        Assert.Equal(143, await first.EndedAsync(Cancellation));

        var keys = await File.ReadAllTextAsync(Path.Combine(folder, "vault.json"), Cancellation);
        await using var third = RunProcess.Start(folder, options: "--fresh");
        await third.UntilUpAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(third, id));
        Assert.Equal(keys, await File.ReadAllTextAsync(Path.Combine(folder, "vault.json"), Cancellation));
    }

    [Theory]
    [InlineData("Usage: ./run", "--fats")]
    [InlineData("Usage: ./run", "fast")]
    public async Task What_is_not_understood_is_answered_with_what_is(string said, string option)
    {
        await using var run = RunProcess.Start(folder, options: option);
        Assert.Equal(2, await run.EndedAsync(Cancellation));
        Assert.StartsWith(said, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP_PORT", "web")]
    [InlineData("BUS_PORT", "65536")]
    [InlineData("VCAS_PORT", "-1")]
    public async Task A_port_that_is_none_is_named(string variable, string value)
    {
        await using var run = RunProcess.Start(folder, new Dictionary<string, string> { [variable] = value });
        Assert.Equal(2, await run.EndedAsync(Cancellation));
        Assert.StartsWith($"{variable} must be a port", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }

    /// <summary>One sentence of what is in the way and what to do; and everything as it was.</summary>
    private void MustBeSaid(int code, RunProcess run, string what, string instead)
    {
        Assert.Equal(1, code);
        var sentence = Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Contains(what, sentence, StringComparison.Ordinal);
        Assert.Contains(instead, sentence, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("is up", run.Output, StringComparison.Ordinal);
        foreach (var name in Files)
            Assert.Equal($"somebody's {name}", File.ReadAllText(Path.Combine(folder, name)));
    }

    private static async Task<HttpStatusCode> PutAsync(RunProcess run, Guid id)
    {
        using var http = new HttpClient { BaseAddress = run.Address };
        using var given = await http.PostAsync(new Uri("local/identity/token?role=officer", UriKind.Relative), null, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"api/offers/{id}");
        var token = await given.Content.ReadAsStringAsync(Cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = JsonContent.Create(new { answer = "declined", contact = new { phone = "07700 900718" } });
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
