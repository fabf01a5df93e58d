using System.Diagnostics;

namespace Benchmarks.Offers;

/// <summary>
/// Offers recorded over HTTP against the plain floor, in turns. Two servers in processes of their own; the processor time that
/// each spends on an offer is the steadier figure on a machine that others use too.
/// </summary>
internal static class OffersBenchmark
{
    /// <summary>
    /// What a force has stored after a long time: a hundred times the households that Durham offered support in 27 months. It is also
    /// enough for every path to be compiled for good; before that an offer costs twice as much.
    /// </summary>
    public const int Stored = 12_000;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(2);

    /// <summary>
    /// So many turns, on so many households stored before; the other side is another build where one is given, and otherwise the plain
    /// floor.
    /// </summary>
    public static async Task RunAsync(int rounds, int stored, Build? baseline)
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-offers-benchmark", Guid.NewGuid().ToString("N"));
        try
        {
            await using var floor = await ServedProcess.StartAsync(
                baseline ?? Build.This, baseline is null ? "serve-floor" : "serve-app", Path.Combine(folder, "floor"));
            await using var app = await ServedProcess.StartAsync(Build.This, "serve-app", Path.Combine(folder, "app"));
            await OfferLoad.CountAsync(floor.Port, 64, stored);
            await OfferLoad.CountAsync(app.Port, 64, stored);
            var other = baseline is null ? "floor" : "base ";
            Console.WriteLine(
                $"offers over HTTP                    {other}/s     app/s  app/{other} (spread)      p99 {other}/app ms    "
                + $"CPU µs {other}/app  ratio (spread)      kB allocated");
            await CompareAsync(floor, app, 64, rounds);
            await CompareAsync(floor, app, 1, rounds);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(ServedProcess floor, ServedProcess app, int connections, int rounds)
    {
        var turns = new List<(Round Floor, Round App)>();
        for (var i = 0; i < rounds; i++) turns.Add((await RoundAsync(floor, connections), await RoundAsync(app, connections)));
        double Of(Func<(Round Floor, Round App), double> figure) => Median(turns.Select(figure));
        var speed = turns.Select(turn => turn.App.PerSecond / turn.Floor.PerSecond).Order().ToList();
        var work = turns.Select(turn => turn.App.Microseconds / turn.Floor.Microseconds).Order().ToList();
        Console.WriteLine(
            $"{connections,3} connections, answered          {Of(t => t.Floor.PerSecond),9:N0} {Of(t => t.App.PerSecond),9:N0}"
            + $"  {Middle(speed):P0} ({speed[0]:P0}–{speed[^1]:P0})"
            + $"   {Of(t => t.Floor.P99),6:N1} / {Of(t => t.App.P99),6:N1}"
            + $"   {Of(t => t.Floor.Microseconds),6:N0} / {Of(t => t.App.Microseconds),6:N0}"
            + $"  {Middle(work):F1} ({work[0]:F1}–{work[^1]:F1})   {Of(t => t.Floor.Kilobytes),4:N0} / {Of(t => t.App.Kilobytes),4:N0}");
        Console.WriteLine($"{connections,3} connections, waiting for the day "
            + $"{Of(t => t.Floor.SettledPerSecond),9:N0} {Of(t => t.App.SettledPerSecond),9:N0}");
    }

    private static async Task<Round> RoundAsync(ServedProcess server, int connections)
    {
        var before = server.Processor;
        var allocated = long.Parse(await server.AskAsync("allocated"));
        var began = Stopwatch.GetTimestamp();
        var load = await OfferLoad.ForAsync(server.Port, connections, RoundLength);
        // What an answer leaves to be done belongs to its offer: the orchestration's way to its first wait.
        await server.AskAsync("idle");
        var settled = Stopwatch.GetElapsedTime(began);
        return new Round(
            load.PerSecond,
            load.Offers / settled.TotalSeconds,
            load.P99.TotalMilliseconds,
            (server.Processor - before).TotalMicroseconds / load.Offers,
            (long.Parse(await server.AskAsync("allocated")) - allocated) / 1e3 / load.Offers);
    }

    private static double Median(IEnumerable<double> values) => Middle([.. values.Order()]);

    private static double Middle(List<double> ordered) => ordered[ordered.Count / 2];

    private sealed record Round(double PerSecond, double SettledPerSecond, double P99, double Microseconds, double Kilobytes);
}
