using System.Diagnostics;
using LocalAzure;
using LocalAzure.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VcasFunctions;
using VcasFunctions.Sweep;
using VcasLocal;

namespace Benchmarks.Offers;

/// <summary>The app as <c>./run</c> starts it, every commit flushed, in the process that serves; told line by line what to do.</summary>
internal static class ServedApp
{
    public static async Task RunAsync(string folder, string[] settings)
    {
        var builder = LocalApplication.CreateBuilder(
            [
                $"--LocalAzure:Data={folder}",
                "--LocalAzure:Http:Port=0",
                "--LocalAzure:ServiceBus:Port=0",
                "--LocalAzure:ServiceBus:Queues:0:Name=referrals",
                "--LocalAzure:ServiceBus:Queues:1:Name=referral-answers",
                "--LocalAzure:ServiceBus:Queues:2:Name=referrals-dead",
                "--LocalAzure:ServiceBus:Queues:3:Name=referral-answers-dead",
                "--Vcas:CallBackTeams:call-back:TeamId=11111111-2222-3333-4444-555555555555",
                // One client does the work of thousands here.
                "--Vcas:Limits:RequestsPerMinute=100000000",
                .. settings.Select(setting => $"--{setting}"),
            ]);
        // The log is written as it always is, but to nobody: a terminal's speed is no figure of ours.
        builder.Logging.ClearProviders().AddProvider(new SilentLog());
        using var host = builder.Build();
        await host.StartAsync();
        var azure = new LocalAzureHost(host);
        Console.WriteLine(azure.Address.Port);
        while (await Console.In.ReadLineAsync() is { } line) Console.WriteLine(await DoAsync(line, host.Services, azure));
        await host.StopAsync();
    }

    private static async Task<string> DoAsync(string line, IServiceProvider services, LocalAzureHost azure)
    {
        switch (line.Split(' '))
        {
            case ["idle"]:
                await azure.WhenIdleAsync();
                return "idle";
            case ["allocated"]:
                return GC.GetTotalAllocatedBytes(precise: true).ToString();
            case ["managed"]:
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
                return GC.GetTotalMemory(forceFullCollection: true).ToString();
            case ["collector"]:
                var collector = GC.GetGCMemoryInfo(GCKind.Any);
                return $"{collector.HeapSizeBytes} {collector.TotalCommittedBytes}";
            case ["commits"]:
                return $"{azure.Store.Commits} {azure.Store.Writes}";
            case ["advance", var to]:
                var clock = (LocalClock)services.GetRequiredService<TimeProvider>();
                clock.Advance(DateTimeOffset.Parse(to) - clock.GetUtcNow());
                return "advanced";
            case ["told"]:
                var notices = azure.Graph.Inbox();
                return $"{notices.Count} "
                    + $"{notices.Sum(notice => notice.TemplateParameters.TryGetValue("count", out var many) ? int.Parse(many) : 1)}";
            case ["sweep"]:
                var began = Stopwatch.GetTimestamp();
                var repaired = await services.GetRequiredService<HouseholdRepair>().RepairAllAsync(
                    azure.Engine.Client, CancellationToken.None);
                return $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F2} {repaired}";
            default:
                return "unknown";
        }
    }

    /// <summary>Formats what it is given, and lets it go.</summary>
    private sealed class SilentLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _ = formatter(state, exception);

        public void Dispose()
        {
        }
    }
}
