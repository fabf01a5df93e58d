using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>What is said once it is up is true of the process that says it, and nothing of it stays behind.</summary>
public sealed class UpTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-up-" + Path.GetRandomFileName());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_one_that_was_started_says_so_and_VCASs_page_stands_beside_the_console()
    {
        await using var run = RunProcess.Start(folder);
        await run.UntilUpAsync(Cancellation);

        Assert.Contains($"(process {run.Id}, data in {folder})", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{run.Address}console", run.Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Contains("Nothing waits for an answer.", await http.GetStringAsync(run.Page, Cancellation), StringComparison.Ordinal);
        // Without the key that was printed the page opens for nobody.
        using var stranger = new HttpClient();
        using var refused = await stranger.GetAsync(new Uri(run.Page, "/"), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("", run.Errors);
    }

    [Fact]
    public async Task The_start_needs_no_curl_and_says_at_once_that_the_lines_to_try_do()
    {
        var tools = Directory.CreateDirectory(Path.Combine(folder, "tools")).FullName;
        File.CreateSymbolicLink(Path.Combine(tools, "dotnet"), DotNet());
        await using var run = RunProcess.Start(Path.Combine(folder, "data"), new Dictionary<string, string> { ["PATH"] = tools });
        await run.UntilUpAsync(Cancellation);
        Assert.Contains("need curl, which is not on this machine's PATH", run.Output, StringComparison.Ordinal);

        await using var other = RunProcess.Start(Path.Combine(folder, "other"));
        await other.UntilUpAsync(Cancellation);
        Assert.DoesNotContain("not on this machine's PATH", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signed_in_stays_signed_in_while_three_weeks_pass_in_a_minute()
    {
        await using var run = RunProcess.Start(folder, options: ["--fast", "--seed"]);
        await run.UntilUpAsync(Cancellation);
        // Nothing is said that passes while it is read.
        foreach (var untrue in new[] { "a referral waits", "referrals wait there", "clock was moved on" })
            Assert.DoesNotContain(untrue, run.Output, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = run.Address };
        using var given = await http.PostAsync(new Uri("local/identity/token?role=caller", UriKind.Relative), null, Cancellation);
        var token = await given.Content.ReadAsStringAsync(Cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var began = await NowAsync(http);
        await Eventually.HoldsAsync(async () => await NowAsync(http) > began.AddHours(30), "thirty hours to pass", Cancellation);

        var me = await http.GetFromJsonAsync<JsonElement>("api/me", Cancellation);
        Assert.Equal("caller", Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task VCASs_side_ends_with_the_app_however_that_ends()
    {
        await using var run = RunProcess.Start(folder);
        await run.UntilUpAsync(Cancellation);
        var vcas = Assert.Single(run.Children());

        // No signal that it could answer.
        await run.SignalAsync("KILL", Cancellation);
        await run.EndedAsync(Cancellation);

        await Eventually.HoldsAsync(() => Task.FromResult(!IsAlive(vcas)), "VCAS's side to end", Cancellation);
    }

    [Fact]
    public async Task Ctrl_C_in_a_terminal_reaches_both_at_once_and_is_no_failure()
    {
        await using var run = RunProcess.Start(folder);
        await run.UntilUpAsync(Cancellation);
        string[] both = ["-INT", $"{Assert.Single(run.Children())}", $"{run.Id}"];
        using (var kill = System.Diagnostics.Process.Start("kill", both)) await kill.WaitForExitAsync(Cancellation);

        Assert.Equal(130, await run.EndedAsync(Cancellation));
        Assert.Equal("", run.Errors);
    }

    [Fact]
    public async Task The_app_ends_with_VCASs_side_and_says_why()
    {
        await using var run = RunProcess.Start(folder);
        await run.UntilUpAsync(Cancellation);
        using (var vcas = System.Diagnostics.Process.GetProcessById(Assert.Single(run.Children()))) vcas.Kill();

        Assert.Equal(1, await run.EndedAsync(Cancellation));
        Assert.Contains("VCAS's side ended, so the app is stopped as well", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_clocks_advance_leaves_behind_fills_no_screen()
    {
        await using var run = RunProcess.Start(folder, options: "--seed");
        await run.UntilUpAsync(Cancellation);
        var before = run.Output.Split('\n').Length;
        using var http = new HttpClient { BaseAddress = run.Address };
        foreach (var by in new[] { "26.00:00:00", "75.00:00:00" })
        {
            using var moved = await http.PostAsJsonAsync("local/clock/advance", new { by }, Cancellation);
            Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        }

        // One that is recorded afterwards is told of; so what came before it was told as well.
        using var given = await http.PostAsync(new Uri("local/identity/token?role=officer", UriKind.Relative), null, Cancellation);
        var token = await given.Content.ReadAsStringAsync(Cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var offer = new { answer = "declined", contact = new { phone = "07700 900764" } };
        using var put = await http.PutAsJsonAsync($"api/offers/5a1d0000-0000-4000-8000-000000000001", offer, Cancellation);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        await Eventually.HoldsAsync(
            () => Task.FromResult(run.Output.Contains("CB-5A1D00", StringComparison.Ordinal)), "the offer in the log", Cancellation);
        var said = string.Join('\n', run.Output.Split('\n').Skip(before)) + run.Errors;
        Assert.True(said.Split('\n').Length <= 24, $"A screen holds no more than 24 lines:\n{said}");
    }

    private static async Task<DateTimeOffset> NowAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("local/clock", Cancellation)).GetProperty("now").GetDateTimeOffset();

    private static bool IsAlive(int process)
    {
        try
        {
            // One that nobody has waited for yet is a zombie, and does nothing any more.
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static string DotNet() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(found => Path.Combine(found, "dotnet")).First(File.Exists);
}
