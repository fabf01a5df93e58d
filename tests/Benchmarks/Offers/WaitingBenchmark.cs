using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Benchmarks.Offers;

/// <summary>
/// Households that wait, recorded through the app: what each takes on disk and in memory, how soon the app answers when it is
/// started on them, how long the sweep looks at them, and how soon call-backs that fall due in one second are on the list.
/// </summary>
internal static class WaitingBenchmark
{
    // At dawn: every day-21 call of that morning falls due at nine o'clock, in the same second.
    private static readonly DateTimeOffset Recorded = new(2026, 3, 2, 6, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = new(2026, 3, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Households that wait, and a start on them.</summary>
    public static Task WaitAsync(int count) => InFolderAsync(folder => WaitAsync(folder, count));

    /// <summary>Call-backs that fall due in the same second, under these settings.</summary>
    public static Task FallDueAsync(int count, string[] settings) => InFolderAsync(folder => FallDueAsync(folder, count, settings));

    private static async Task InFolderAsync(Func<string, Task> measure)
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-waiting-benchmark", Guid.NewGuid().ToString("N"));
        try
        {
            await measure(folder);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WaitAsync(string folder, int count)
    {
        await using (var app = await ServedProcess.StartAsync("serve-app", folder, $"LocalAzure:Clock:Start={Recorded:O}"))
        {
            var empty = long.Parse(await app.AskAsync("managed"));
            await RecordAsync(app, count);
            var managed = long.Parse(await app.AskAsync("managed"));
            Console.WriteLine($"{count:N0} waiting: {(managed - empty) / count:N0} bytes each in the managed heap, process {app.WorkingSet:N0} MB after recording them");
        }

        var disk = new DirectoryInfo(folder).GetFiles("local.db*").Sum(file => file.Length);
        Console.WriteLine($"{count:N0} waiting: {disk / count:N0} bytes each on disk");

        var began = Stopwatch.GetTimestamp();
        await using var again = await ServedProcess.StartAsync("serve-app", folder);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{again.Port}/api/") };
        (await http.GetAsync(new Uri("health", UriKind.Relative))).EnsureSuccessStatusCode();
        var answered = Stopwatch.GetElapsedTime(began);
        Console.WriteLine($"start-up with them: first answer after {answered.TotalSeconds:N2} s ({again.Processor.TotalSeconds:N2} s of processor time), process {again.WorkingSet:N0} MB");
        await again.AskAsync("idle");
        var before = again.Processor;
        var swept = await again.AskAsync("sweep");
        Console.WriteLine($"sweep over them: {swept}, {(again.Processor - before).TotalMicroseconds / count:N0} µs of processor time each, process {again.WorkingSet:N0} MB");
    }

    private static async Task FallDueAsync(string folder, int count, string[] settings)
    {
        await using var app = await ServedProcess.StartAsync("serve-app", folder, [$"LocalAzure:Clock:Start={Recorded:O}", .. settings]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{app.Port}/api/") };
        await RecordAsync(app, count);
        var before = app.Processor;
        var began = Stopwatch.GetTimestamp();
        await app.AskAsync($"advance {Due:O}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await OfferLoad.TokenAsync(app.Port, "caller"));
        for (var due = 0; due < count;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            due = (await http.GetFromJsonAsync<JsonElement>("call-backs?state=due&limit=1")).GetProperty("total").GetInt32();
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(10)) throw new TimeoutException($"Only {due} of {count} call-backs were on the list after ten minutes.");
        }

        var took = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(
            $"{count:N0} call-backs due in one second: all on the list after {took.TotalSeconds:N2} s, {count / took.TotalSeconds:N0} a second, "
            + $"{(app.Processor - before).TotalMicroseconds / count:N0} µs of processor time each");
        if (!settings.Any(setting => setting.Equals("Vcas:Notifications:Enabled=false", StringComparison.OrdinalIgnoreCase))) await TellAsync(app, count, began);
    }

    private static async Task TellAsync(ServedProcess app, int count, long began)
    {
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(5))
        {
            var told = (await app.AskAsync("told")).Split(' ').Select(int.Parse).ToArray();
            if (told[1] >= count)
            {
                Console.WriteLine($"{count:N0} households told of after {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s, in {told[0]} notices");
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }

        Console.WriteLine($"After five minutes: {await app.AskAsync("told")} (notices, households told of)");
    }

    private static async Task RecordAsync(ServedProcess app, int count)
    {
        var (before, began) = (app.Processor, Stopwatch.GetTimestamp());
        var load = await OfferLoad.CountAsync(app.Port, 64, count);
        await app.AskAsync("idle");
        var settled = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(
            $"{count:N0} recorded: {load.PerSecond:N0} a second answered, {count / settled.TotalSeconds:N0} a second started and waiting, "
            + $"{(app.Processor - before).TotalMicroseconds / count:N0} µs of processor time each");
    }
}
