using System.Net.Sockets;
using System.Runtime.InteropServices;
using LocalAzure;
using LocalAzure.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VcasFunctions.Sealing;
using VcasLocal.Running.Seeding;

namespace VcasLocal.Running;

/// <summary>Runs <c>./run</c>: checks first, starts the app, then VCAS's side, and only then says that it is up.</summary>
internal static class RunCommand
{
    private const int FailedLater = 1;

    // What a shell makes of a program that a signal has ended.
    private const int OfSignals = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>Runs until it is stopped; what the process ends with.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is ["--help" or "-h"])
        {
            await Console.Out.WriteLineAsync(RunOptions.Usage);
            return 0;
        }

        var signal = 0;
        // Only noted here: the host is what stops for them, and before there is one the system ends the process.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => signal = Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => signal = Terminate);
        try
        {
            var failed = await RunAsync(RunOptions.Read(arguments, Environment.GetEnvironmentVariable));
            // In a terminal Ctrl-C reaches both at once, and VCAS's side may be the first to end.
            if (signal != 0) return OfSignals + signal;
            if (failed is null) return 0;
            await Console.Error.WriteLineAsync($"VCAS's side ended, so the app is stopped as well: {failed}");
            return FailedLater;
        }
        catch (CannotStartException why)
        {
            await Console.Error.WriteLineAsync(why.Message);
            return why.ExitCode;
        }
    }

    // Gives why VCAS's side ended, where it ended first. Half of it is no service: referrals would be in the queue, and nobody would know.
    private static async Task<string?> RunAsync(RunOptions options)
    {
        Preflight.Check(options);
        var host = await StartAsync(options);
        await using var disposed = (IAsyncDisposable)host;
        var azure = new LocalAzureHost(host);
        var stopped = host.WaitForShutdownAsync();
        string? failed;
        await using (var vcas = await VcasSide.StartAsync(options, azure.Broker.ConnectionString, Console.Out))
        {
            var seeded = options.Seed ? await SeedAsync(azure, vcas, options.Fast, stopped) : null;
            if (!stopped.IsCompleted)
            {
                var hasCurl = Tools.Has("curl", Environment.GetEnvironmentVariable("PATH"));
                await Console.Out.WriteLineAsync(Welcome.Text(azure.Address, vcas.Page, options, seeded, hasCurl));
            }

            failed = await Task.WhenAny(stopped, vcas.Ended) == stopped ? null : await vcas.Ended;
        }

        if (failed is not null) host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await stopped;
        return failed;
    }

    private static async Task<IHost> StartAsync(RunOptions options)
    {
        try
        {
            var host = LocalApplication.CreateBuilder([.. options.Settings(Environment.GetEnvironmentVariable)]).Build();
            await host.StartAsync();
            return host;
        }
        // What was looked at before may have changed in the moment since.
        catch (Exception taken) when (Has<AddressInUseException>(taken))
        {
            throw Preflight.Taken("HTTP_PORT", options.HttpPort, taken);
        }
        catch (Exception taken) when (Has<SocketException>(taken))
        {
            throw Preflight.Taken("BUS_PORT", options.BusPort, taken);
        }
        catch (Exception unusable) when (unusable is StorageException or KeyMismatchException)
        {
            throw new CannotStartException(unusable.Message, inner: unusable);
        }
        catch (OptionsValidationException wrong)
        {
            throw new CannotStartException(string.Join('\n', wrong.Failures), CannotStartException.NotUnderstood, wrong);
        }
    }

    private static async Task<string?> SeedAsync(LocalAzureHost azure, VcasSide vcas, bool isFast, Task stopped)
    {
        await Console.Out.WriteLineAsync("Recording ten invented households…");
        using var stop = new CancellationTokenSource();
        var seeding = Seeder.RunAsync(azure, vcas.Page, isFast, stop.Token);
        if (await Task.WhenAny(seeding, stopped) == seeding) return await seeding;
        await stop.CancelAsync();
        await seeding.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return null;
    }

    private static bool Has<T>(Exception failure) where T : Exception
    {
        for (var one = failure; one is not null; one = one.InnerException)
        {
            if (one is T) return true;
        }

        return false;
    }
}
