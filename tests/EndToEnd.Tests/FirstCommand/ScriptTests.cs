using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LocalAzure.Storage;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>What the script does before there is a program: it speaks at once, looks first, and shows that the build goes on.</summary>
public sealed class ScriptTests : IDisposable
{
    // Stands in the place of the SDK: says that it was called, and builds until it is let go on.
    private const string Sdk = """
        #!/bin/sh
        echo "$@" >> "$TOOLS/called"
        read -r line < "$TOOLS/gate"
        exit 7
        """;

    private static readonly string[] Locks = ["local.db.lock", "local.db.holder"];

    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-script-" + Path.GetRandomFileName());

    public ScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash here.");
        Directory.CreateDirectory(Tools);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Tools => Path.Combine(folder, "tools");

    private string Data => Path.Combine(folder, "data");

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Without_the_SDK_it_says_what_it_needs_and_where_that_is_and_nothing_else()
    {
        await using var run = RunProcess.StartScript(Data, new Dictionary<string, string> { ["PATH"] = Tools });
        Assert.Equal(127, await run.EndedAsync(Cancellation));
        Assert.Contains(".NET SDK 10", Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("https://", run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.False(Directory.Exists(Data), "It made a folder.");
    }

    [Fact]
    public async Task The_run_script_speaks_before_it_builds_shows_that_the_build_goes_on_and_stops_where_that_fails()
    {
        await StandInAsync();
        await using var run = RunProcess.StartScript(Data, Environment);
        foreach (var said in new[] { "Building VcasFunctions.", "still building" })
            await Eventually.HoldsAsync(() => Task.FromResult(run.Output.Contains(said, StringComparison.Ordinal)), said, Cancellation);
        Assert.StartsWith("Building VcasFunctions.", run.Output, StringComparison.Ordinal);

        await ShellAsync($"echo go > '{Tools}/gate'");
        Assert.Equal(7, await run.EndedAsync(Cancellation));
        Assert.DoesNotContain("is up", run.Output, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(Tools, "called"), Cancellation));
    }

    [Theory]
    [InlineData("HTTP_PORT")]
    [InlineData("BUS_PORT")]
    [InlineData("VCAS_PORT")]
    public async Task Nobody_waits_for_a_build_to_hear_that_a_port_is_taken(string variable)
    {
        await StandInAsync();
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;

        await using var run = RunProcess.StartScript(Data, new Dictionary<string, string>(Environment) { [variable] = $"{port}" });

        Assert.Equal(1, await run.EndedAsync(Cancellation));
        Assert.StartsWith($"Port {port} is taken", Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains($"{variable}=", run.Errors, StringComparison.Ordinal);
        MustNotHaveBegun(run);
    }

    [Theory]
    [InlineData("HTTP_PORT", "web", "HTTP_PORT must be a port")]
    [InlineData("BUS_PORT", "65536", "BUS_PORT must be a port")]
    [InlineData("VCAS_PORT", "5080 ", "VCAS_PORT must be a port")]
    [InlineData("HTTP_PORT", "99999999999999999999", "HTTP_PORT must be a port")]
    public async Task Nobody_waits_for_a_build_to_hear_that_a_port_is_none(string variable, string value, string said)
    {
        await StandInAsync();
        await using var run = RunProcess.StartScript(Data, new Dictionary<string, string>(Environment) { [variable] = value });
        Assert.Equal(2, await run.EndedAsync(Cancellation));
        Assert.StartsWith(said, Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        MustNotHaveBegun(run);
    }

    [Fact]
    public async Task Nobody_waits_for_a_build_to_hear_that_two_ports_are_one()
    {
        await StandInAsync();
        var free = AppProcess.FreePort();
        await using var run = RunProcess.StartScript(
            Data, new Dictionary<string, string>(Environment) { ["HTTP_PORT"] = $"{free}", ["VCAS_PORT"] = $"0{free}" });
        Assert.Equal(2, await run.EndedAsync(Cancellation));
        Assert.StartsWith("HTTP_PORT, BUS_PORT and VCAS_PORT must differ", run.Errors, StringComparison.Ordinal);
        MustNotHaveBegun(run);
    }

    [Fact]
    public async Task Nobody_waits_for_a_build_to_hear_that_there_is_nothing_to_copy()
    {
        await StandInAsync();
        await using var run = RunProcess.StartScript(Data, Environment, "--copy", Path.Combine(folder, "copy"));
        Assert.Equal(1, await run.EndedAsync(Cancellation));
        Assert.Contains("nothing was ever recorded there", Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        MustNotHaveBegun(run);

        await using var bare = RunProcess.StartScript(
            Data, new Dictionary<string, string> { ["PATH"] = Path.Combine(folder, "nothing") }, "--copy", Path.Combine(folder, "copy"));
        Assert.Equal(127, await bare.EndedAsync(Cancellation));
        Assert.Contains(".NET SDK 10", Assert.Single(bare.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_a_build_to_hear_that_the_data_is_in_use()
    {
        await StandInAsync();
        Directory.CreateDirectory(Data);
        using var held = Ownership.Take(Path.Combine(Data, "local.db"));
        // Where the lock can be looked at by a program of the system's.
        var environment = new Dictionary<string, string>(Environment) { ["PATH"] = $"{Tools}:/usr/bin:/bin" };

        await using var run = RunProcess.StartScript(Data, environment, "--fresh");

        Assert.Equal(1, await run.EndedAsync(Cancellation));
        var sentence = Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Contains($"in use by process {System.Environment.ProcessId} since", sentence, StringComparison.Ordinal);
        MustNotHaveBegun(run);
    }

    [Fact]
    public async Task What_it_does_not_know_is_answered_before_a_build()
    {
        await StandInAsync();
        await using var run = RunProcess.StartScript(Data, Environment, "--quick");
        Assert.Equal(2, await run.EndedAsync(Cancellation));
        Assert.StartsWith("Usage: ./run", run.Errors, StringComparison.Ordinal);
        MustNotHaveBegun(run);
    }

    private Dictionary<string, string> Environment => new() { ["PATH"] = Tools, ["TOOLS"] = Tools };

    private async Task StandInAsync()
    {
        var sdk = Path.Combine(Tools, "dotnet");
        await File.WriteAllTextAsync(sdk, Sdk.ReplaceLineEndings("\n"), Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(sdk, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await ShellAsync($"mkfifo '{Tools}/gate'");
    }

    private static async Task ShellAsync(string command)
    {
        using var shell = Process.Start("/bin/sh", ["-c", command]);
        await shell.WaitForExitAsync(Cancellation);
    }

    private void MustNotHaveBegun(RunProcess run)
    {
        Assert.False(File.Exists(Path.Combine(Tools, "called")), "It built.");
        Assert.Equal("", run.Output);
        var files = Directory.Exists(Data) ? Directory.GetFiles(Data).Select(Path.GetFileName) : [];
        Assert.All(files, file => Assert.Contains(file, Locks));
    }
}
