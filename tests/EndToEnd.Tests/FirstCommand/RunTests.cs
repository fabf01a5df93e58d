using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>The first command of the README, typed as it stands there, and every line that it says to try.</summary>
[Collection(Builds.Name)]
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

        await using var run = RunProcess.StartScript(folder, options: "--fresh");
        await run.UntilUpAsync(Cancellation, seconds: 180);
        var children = run.Children();
        Assert.Single(children);

        var answers = new List<(string Line, string Answer)>();
        var lines = run.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("curl ", StringComparison.Ordinal));
        foreach (var line in lines) answers.Add((line, await PasteAsync(line)));
        MustTellTheStory(answers);
        await EveryRoleMustSignInAsync(run);

        await MustStopAsync(run, children);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(run.Address));
        Assert.Equal("", run.Errors);
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
            (
                Number(total, "offers"),
                Number(total, "acceptedAtOffer"),
                Number(total, "acceptedAtCallBack"),
                Number(total, "accepted"),
                Number(total, "uptake")));
    }

    private static async Task EveryRoleMustSignInAsync(RunProcess run)
    {
        using var http = new HttpClient();
        foreach (var role in new[] { "officer", "caller", "supervisor", "vcas", "auditor", "administrator" })
        {
            var line = run.Output.Split('\n')
                .Select(line => line.Trim()).Single(line => line.StartsWith($"{role}: ", StringComparison.Ordinal));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(run.Address, "api/me"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await PasteAsync(line[(role.Length + 1)..].Trim()));
            using var answer = await http.SendAsync(request, Cancellation);
            var me = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
            Assert.Equal(role, Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
        }
    }

    private static int Number(JsonElement line, string name) => line.GetProperty(name).GetInt32();

    private static async Task MustStopAsync(RunProcess run, List<int> children)
    {
        await run.SignalAsync("INT", Cancellation);
        var code = await run.EndedAsync(Cancellation);
        Assert.True(code == Interrupted, $"./run ended with {code}:\n{run.Output}\n{run.Errors}");
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"Process {child} outlived ./run."));
    }

    private static async Task<string> AskAsync(Uri address)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(address, "api/health"), Cancellation);
    }

    /// <summary>Runs a line as it was printed; the one thing added makes curl say when it was refused.</summary>
    private static async Task<string> PasteAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{line} --fail-with-body"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var answer = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation).WaitAsync(Bound, Cancellation);
        Assert.True(shell.ExitCode == 0, $"{line}\nended with {shell.ExitCode}: {answer}");
        return answer;
    }
}
