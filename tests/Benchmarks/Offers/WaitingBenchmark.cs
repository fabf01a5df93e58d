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
    private const string Untold = "Vcas:Notifications:Enabled=false";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // At dawn: every day-21 call of that morning falls due at nine o'clock, in the same second.
    private static readonly DateTimeOffset Recorded = new(2026, 3, 2, 6, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = new(2026, 3, 23, 9, 0, 0, TimeSpan.Zero);

    // The day before, so that what is measured is no process that has never seen a call fall due.
    private const int Earlier = 500;

    /// <summary>Households that wait, and a start on them; each build on its own data.</summary>
    public static Task WaitAsync(int count, Build? baseline) => InFolderAsync(async folder =>
    {
        foreach (var build in Build.With(baseline)) await WaitAsync(build, Path.Combine(folder, build.Name), count);
    });

    /// <summary>Call-backs that fall due in the same second, under these settings; three turns where builds are compared.</summary>
    public static Task FallDueAsync(int count, string[] settings, Build? baseline) => InFolderAsync(async folder =>
    {
        for (var turn = 0; turn < (baseline is null ? 1 : 3); turn++)
        {
            foreach (var build in Build.With(baseline))
            {
                await FallDueAsync(build, Path.Combine(folder, $"{build.Name} {turn}"), count, settings);
            }
        }
    });

    /// <summary>An app with so many calls due, nobody told of them: a list to be read.</summary>
    public static async Task<ServedProcess> WithCallsDueAsync(Build build, string folder, int count)
    {
        var app = await AtDawnAsync(build, folder, Untold);
        await RecordAsync(build, app, count);
        await AllDueAsync(app, Due, count);
        return app;
    }

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

    private static async Task WaitAsync(Build build, string folder, int count)
    {
        await using (var app = await AtDawnAsync(build, folder))
        {
            var empty = long.Parse(await app.AskAsync("managed"));
            await RecordAsync(build, app, count);
            var height = app.WorkingSet;
            var managed = long.Parse(await app.AskAsync("managed"));
            Console.WriteLine(
                $"{build.Name}: {(managed - empty) / count:N0} bytes for each waiting household in the managed heap, "
                + $"process {height:N0} MB after recording them");
        }

        var disk = new DirectoryInfo(folder).GetFiles("local.db*").Sum(file => file.Length);
        Console.WriteLine($"{build.Name}: {disk / count:N0} bytes each on disk");

        var began = Stopwatch.GetTimestamp();
        await using var again = await ServedProcess.StartAsync(build, "serve-app", folder);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{again.Port}/api/") };
        (await http.GetAsync(new Uri("health", UriKind.Relative))).EnsureSuccessStatusCode();
        var answered = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(
            $"{build.Name}: start-up with them: first answer after {answered.TotalSeconds:N2} s "
            + $"({again.Processor.TotalSeconds:N2} s of processor time), process {again.WorkingSet:N0} MB");
        await again.AskAsync("idle");
        var before = again.Processor;
        var swept = await again.AskAsync("sweep");
        Console.WriteLine(
            $"{build.Name}: sweep over them: {swept}, "
            + $"{(again.Processor - before).TotalMicroseconds / count:N0} µs of processor time each, process {again.WorkingSet:N0} MB");
    }

    private static async Task FallDueAsync(Build build, string folder, int count, string[] settings)
    {
        await using var app = await AtDawnAsync(build, folder, settings);
        await OfferLoad.CountAsync(app.Port, 64, Earlier);
        await app.AskAsync("idle");
        await app.AskAsync($"advance {Recorded.AddDays(1):O}");
        await app.AskAsync("idle");
        await RecordAsync(build, app, count);
        await app.AskAsync($"advance {Due:O}");
        await app.AskAsync("idle");
        // What runs at night has run before the second that is measured.
        await app.AskAsync($"advance {Due.AddDays(1).AddMinutes(-1):O}");
        await app.AskAsync("idle");
        var (before, began) = (app.Processor, Stopwatch.GetTimestamp());
        await AllDueAsync(app, Due.AddDays(1), count);
        var listed = Stopwatch.GetElapsedTime(began);
        // What is told of a call, or noted of it, may come behind the list.
        await app.AskAsync("idle");
        var done = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(
            $"{build.Name}: {count:N0} call-backs due in one second: all on the list after {listed.TotalSeconds:N2} s, "
            + $"all done after {done.TotalSeconds:N2} s, {count / done.TotalSeconds:N0} a second, "
            + $"{(app.Processor - before).TotalMicroseconds / count:N0} µs of processor time each");
        if (!settings.Contains(Untold, StringComparer.OrdinalIgnoreCase)) await TellAsync(app, count, began);
    }

    private static Task<ServedProcess> AtDawnAsync(Build build, string folder, params string[] settings) =>
        ServedProcess.StartAsync(build, "serve-app", folder, [$"LocalAzure:Clock:Start={Recorded:O}", .. settings]);

    private static async Task AllDueAsync(ServedProcess app, DateTimeOffset due, int count)
    {
        var began = Stopwatch.GetTimestamp();
        await app.AskAsync($"advance {due:O}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{app.Port}/api/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await OfferLoad.TokenAsync(app.Port, "caller"));
        // The list counts no further than people do: how many are left is what tells.
        for (var waiting = 1; waiting > 0;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            waiting = (await http.GetFromJsonAsync<JsonElement>("call-backs?state=waiting&limit=1")).GetProperty("total").GetInt32();
            if (Stopwatch.GetElapsedTime(began) > Longest) throw new TimeoutException($"{waiting} of {count} or more are not due yet.");
        }
    }

    private static async Task TellAsync(ServedProcess app, int count, long began)
    {
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(5))
        {
            var told = (await app.AskAsync("told")).Split(' ').Select(int.Parse).ToArray();
            if (told[1] >= count)
            {
                var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
                Console.WriteLine($"{count:N0} households told of after {took:N0} s, in {told[0]} notices");
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }

        Console.WriteLine($"After five minutes: {await app.AskAsync("told")} (notices, households told of)");
    }

    private static async Task RecordAsync(Build build, ServedProcess app, int count)
    {
        var (before, began) = (app.Processor, Stopwatch.GetTimestamp());
        var load = await OfferLoad.CountAsync(app.Port, 64, count);
        await app.AskAsync("idle");
        var settled = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(
            $"{build.Name}: {count:N0} recorded: {load.PerSecond:N0} a second answered, "
            + $"{count / settled.TotalSeconds:N0} a second started and waiting, "
            + $"{(app.Processor - before).TotalMicroseconds / count:N0} µs of processor time each");
    }
}
