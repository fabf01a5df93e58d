using System.Diagnostics;
using System.Text;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>The program as an operator starts and stops it.</summary>
public sealed class ReceiverProcessTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-receiver-process-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_program_answers_and_ends_with_0_when_it_is_asked_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM to send.");
        using var broker = new SmallBroker();
        await broker.StartAsync();
        var referralId = Guid.NewGuid();
        await broker.SendAsync(Contract.Example("referral.made.v1", referralId));
        using var process = Start(("VCAS_CONNECTION", broker.ConnectionString), ("VCAS_STORE", Path.Combine(folder.FullName, "vcas.db")));
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await broker.UntilAsync(() => broker.Answers.Count == 2 && broker.Settled == 1, "both answers of the process");
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Bound, TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }

        Assert.Equal(0, process.ExitCode);
        var lines = await output;
        Assert.Contains($"{referralId} made stored", lines, StringComparison.Ordinal);
        Assert.EndsWith("stopped", lines.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_setting_ends_the_program_with_2_and_is_named()
    {
        var (code, error) = await EndAsync(
            ("VCAS_CONNECTION", "Endpoint=sb://127.0.0.1:1/;UseDevelopmentEmulator=true"), ("VCAS_ANSWER", "reject:busy"));

        Assert.Equal(2, code);
        Assert.StartsWith("--answer: must be", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_no_database_ends_the_program_with_3()
    {
        var path = Path.Combine(folder.FullName, "vcas.db");
        await File.WriteAllTextAsync(path, new string('x', 4096), TestContext.Current.CancellationToken);

        var (code, error) = await EndAsync(
            ("VCAS_CONNECTION", "Endpoint=sb://127.0.0.1:1/;UseDevelopmentEmulator=true"), ("VCAS_STORE", path));

        Assert.Equal(3, code);
        Assert.Contains("--store", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receiver_ends_with_whoever_started_it_as_a_part_of_its_own()
    {
        using var process = Start(
            ("VCAS_CONNECTION", "Endpoint=sb://127.0.0.1:1/;UseDevelopmentEmulator=true"),
            ("VCAS_STORE", Path.Combine(folder.FullName, "vcas.db")),
            ("VCAS_WITH_INPUT", "true"));
        try
        {
            // It goes on trying to reach the broker for as long as it lives.
            Assert.Contains("trying until it can", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(Bound, TestContext.Current.CancellationToken));
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Bound, TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }

        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_store_that_another_program_has_ends_the_program_with_2_and_touches_nothing()
    {
        var path = Path.Combine(folder.FullName, "vcas.db");
        using var first = StoreLock.Take(path);

        var (code, error) = await EndAsync(
            ("VCAS_CONNECTION", "Endpoint=sb://127.0.0.1:1/;UseDevelopmentEmulator=true"), ("VCAS_STORE", path));

        Assert.Equal(2, code);
        Assert.StartsWith("--store: another VcasReceiver has it", error, StringComparison.Ordinal);
        Assert.False(File.Exists(path), "It made a store of its own.");
    }

    private static async Task<(int Code, string Error)> EndAsync(params (string Name, string Value)[] environment)
    {
        using var process = Start(environment);
        try
        {
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(
                Bound, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Bound, TestContext.Current.CancellationToken);
            return (process.ExitCode, error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static Process Start(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Receiver).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
