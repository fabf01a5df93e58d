using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>The first command of the README, typed as it stands there, and every line that it says to try.</summary>
public sealed class RunTests : IDisposable
{
    private const int Interrupted = 130;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-run-" + Path.GetRandomFileName());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starts_the_whole_says_what_to_try_and_all_of_it_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash and no SIGINT here.");
        // Something that --fresh has to clear away.
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "local.db"), "no database", Cancellation);

        var port = AppProcess.FreePort();
        using var run = Start(port, AppProcess.FreePort());
        var said = new StringBuilder();
        var reading = ReadAsync(run.StandardOutput, said);
        var errors = run.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            await Eventually.HoldsAsync(
                () => run.HasExited ? throw new InvalidOperationException($"It ended:\n{said}") : Task.FromResult(Text(said).Contains("Ctrl-C stops it", StringComparison.Ordinal)),
                "./run to say what to try", Cancellation, seconds: 180);
            // What printed that is a child as well, for a moment.
            await Eventually.HoldsAsync(() => Task.FromResult(ChildrenOf(run.Id).Count == 2), "the app and VCAS's side to be all that runs", Cancellation);
            var children = ChildrenOf(run.Id);

            var answers = new List<(string Line, string Answer)>();
            foreach (var line in Text(said).Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("curl ", StringComparison.Ordinal)))
                answers.Add((line, await PasteAsync(line)));
            MustTellTheStory(answers);
            await EveryRoleMustSignInAsync(port, Text(said));

            await MustStopAsync(run, children, said);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => Ask(port));
            Assert.Equal("", await errors);
        }
        finally
        {
            foreach (var child in run.HasExited ? [] : ChildrenOf(run.Id)) End(child);
            if (!run.HasExited) run.Kill();
            await reading;
        }
    }

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself. What the test has to say is worth more than that.
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static void MustTellTheStory(List<(string Line, string Answer)> answers)
    {
        Assert.Equal(10, answers.Count);
        var steps = answers.Select(step => JsonDocument.Parse(step.Answer).RootElement).ToList();
        Assert.Equal("referred", steps[0].GetProperty("state").GetString());
        Assert.Equal("waiting", steps[2].GetProperty("state").GetString());
        Assert.Equal(1, steps[3].GetProperty("total").GetInt32());
        Assert.Equal("referred", steps[^2].GetProperty("state").GetString());
        var total = steps[^1].GetProperty("total");
        Assert.Equal(
            (2, 1, 1, 2, 100),
            (Number(total, "offers"), Number(total, "acceptedAtOffer"), Number(total, "acceptedAtCallBack"), Number(total, "accepted"), Number(total, "uptake")));
    }

    private static async Task EveryRoleMustSignInAsync(int port, string said)
    {
        using var http = new HttpClient();
        foreach (var role in new[] { "officer", "caller", "supervisor", "vcas", "auditor", "administrator" })
        {
            var line = said.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith($"{role}: ", StringComparison.Ordinal));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/api/me");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await PasteAsync(line[(role.Length + 1)..].Trim()));
            using var answer = await http.SendAsync(request, Cancellation);
            var me = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
            Assert.Equal(role, Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
        }
    }

    private static int Number(JsonElement line, string name) => line.GetProperty(name).GetInt32();

    private static async Task MustStopAsync(Process run, List<int> children, StringBuilder said)
    {
        using (var interrupt = Process.Start("kill", ["-INT", run.Id.ToString()])) await interrupt.WaitForExitAsync(Cancellation);
        await run.WaitForExitAsync(Cancellation).WaitAsync(Bound, Cancellation);
        Assert.True(run.ExitCode == Interrupted, $"./run ended with {run.ExitCode}:\n{said}");
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"Process {child} outlived ./run."));
    }

    private static async Task<string> Ask(int port)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync($"http://127.0.0.1:{port}/api/health", Cancellation);
    }

    /// <summary>Runs a line as it was printed; the one thing added makes curl say when it was refused.</summary>
    private static async Task<string> PasteAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{line} --fail-with-body"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var answer = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation).WaitAsync(Bound, Cancellation);
        Assert.True(shell.ExitCode == 0, $"{line}\nended with {shell.ExitCode}: {answer}");
        return answer;
    }

    private Process Start(int httpPort, int busPort)
    {
        // A process that was started in the background may have SIGINT ignored, and a shell can't undo that for itself.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "bash", Path.Combine(Root(), "run"), "--fresh"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HTTP_PORT"] = httpPort.ToString();
        start.Environment["BUS_PORT"] = busPort.ToString();
        start.Environment["DATA"] = folder;
        return Process.Start(start)!;
    }

    private static string Root()
    {
        var above = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(above.FullName, "VcasFunctions.sln"))) above = above.Parent ?? throw new InvalidOperationException("The repository's root isn't above the tests.");
        return above.FullName;
    }

    private static List<int> ChildrenOf(int process) =>
        [.. File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    private static async Task ReadAsync(StreamReader from, StringBuilder into)
    {
        while (await from.ReadLineAsync(Cancellation) is { } line)
        {
            lock (into) into.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder said)
    {
        lock (said) return said.ToString();
    }
}
