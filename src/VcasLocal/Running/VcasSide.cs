using System.Diagnostics;

namespace VcasLocal.Running;

/// <summary>
/// VCAS's side as the program of its own that it is. It is started against the queue that this process itself has opened, and ends with
/// this process, however that ends: it must never fetch what is another's.
/// </summary>
internal sealed class VcasSide : IAsyncDisposable
{
    private const int UsualPort = 5080;
    private const string PageLine = " - page ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // How it answers may be tried out from here; where its queues and its store are may not.
    private static readonly string[] Passed =
        ["VCAS_ANSWER", "VCAS_ANSWER_DAYS", "VCAS_ACCEPT_AFTER", "VCAS_CLOSE_AFTER", "VCAS_SHOW_PEOPLE"];

    private readonly Process process;
    private readonly TaskCompletionSource<Uri> page = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task output;
    private readonly Task<string> errors;
    private volatile bool stopping;

    private VcasSide(Process process, TextWriter log)
    {
        this.process = process;
        output = PassOnAsync(log);
        errors = process.StandardError.ReadToEndAsync();
        Ended = EndedAsync();
    }

    /// <summary>Its page, with the key that opens it.</summary>
    public Uri Page => page.Task.Result;

    /// <summary>Completes when it has ended: with what it said of it where nobody asked it to, with null if somebody did.</summary>
    public Task<string?> Ended { get; }

    /// <summary>Starts it, and returns once its page is there.</summary>
    /// <exception cref="CannotStartException">It ended.</exception>
    public static async Task<VcasSide> StartAsync(RunOptions options, string connection, TextWriter log)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var port = options.VcasPort ?? (Preflight.IsFree(UsualPort) ? UsualPort : 0);
        string[] arguments = [options.Receiver, "--store", Path.Combine(options.Data, "vcas.db"), "--page", $"{port}", "--with-input"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(IsItsOwn).ToList()) start.Environment.Remove(name);
        start.Environment["VCAS_CONNECTION"] = connection;
        // Nobody can read and answer within two working days that take six seconds.
        if (options.Fast) start.Environment.TryAdd("VCAS_ANSWER", "accept");

        var side = new VcasSide(Process.Start(start)!, log);
        if (await Task.WhenAny(side.page.Task, side.Ended) == side.page.Task) return side;
        var why = await side.Ended;
        await side.DisposeAsync();
        throw new CannotStartException($"VCAS's side did not start: {why}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        stopping = true;
        process.StandardInput.Close();
        if (await Task.WhenAny(Ended, Task.Delay(Patience, TimeProvider.System)) != Ended) process.Kill();
        await Ended;
        process.Dispose();
    }

    private static bool IsItsOwn(string variable) =>
        variable.StartsWith("VCAS_", StringComparison.Ordinal) && !Passed.Contains(variable);

    private async Task PassOnAsync(TextWriter log)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // Where its page is stands among what is said once all is up.
            var at = line.IndexOf(PageLine, StringComparison.Ordinal);
            if (at >= 0) page.TrySetResult(new Uri(line[(at + PageLine.Length)..]));
            else await log.WriteLineAsync($"VCAS: {line}");
        }
    }

    private async Task<string?> EndedAsync()
    {
        await process.WaitForExitAsync();
        await output;
        var said = (await errors).Trim();
        return stopping ? null : said.Length > 0 ? said : $"it ended with {process.ExitCode}.";
    }
}
