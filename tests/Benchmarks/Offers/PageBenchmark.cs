using System.Net.Http.Headers;

namespace Benchmarks.Offers;

/// <summary>
/// One page of a long call list: what it costs in processor time, and what twelve readers at once leave in memory. A page should
/// cost what it shows, however many calls stand behind it.
/// </summary>
internal static class PageBenchmark
{
    private const int Pages = 20;
    private const int Readers = 12;

    /// <summary>So many calls due at once, then pages of the list; in turns with another build where one is given.</summary>
    public static async Task RunAsync(int count, Build? baseline)
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-page-benchmark", Guid.NewGuid().ToString("N"));
        try
        {
            var costs = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var build in Build.With(baseline))
            {
                costs[build.Name] = await MeasureAsync(build, Path.Combine(folder, build.Name), count);
            }

            if (baseline is not null)
            {
                Console.WriteLine($"a page costs {costs[Build.This.Name] / costs[baseline.Name]:P1} of the baseline's processor time");
            }
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(Build build, string folder, int count)
    {
        await using var app = await WaitingBenchmark.WithCallsDueAsync(build, folder, count);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{app.Port}/api/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await OfferLoad.TokenAsync(app.Port, "caller"));

        // What the calls that have just fallen due leave to be done is no page's cost; and the first reading compiles what the others run.
        await app.AskAsync("idle");
        await ReadAsync(http);
        var before = app.Processor;
        for (var page = 0; page < Pages; page++) await ReadAsync(http);
        var each = (app.Processor - before).TotalMilliseconds / Pages;
        var one = await OnesOwnAsync(app, http);
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReadAsync(http)));
        var height = app.WorkingSet;
        await app.AskAsync("managed");
        Console.WriteLine(
            $"{build.Name}: a page of 50 among {count:N0} due takes {each:N1} ms of processor time; "
            + $"process {height:N0} MB after {Readers} readers at once, {app.WorkingSet:N0} MB once collected"
            + (app.EachPageOnce is { } held ? $", {held:N0} MB with each page of memory counted once" : ""));
        Console.WriteLine($"{build.Name}: a page of one person's calls, of which there are none: {one:N1} ms");
        // An older build doesn't know the question.
        if ((await app.AskAsync("collector")).Split(' ') is [var heap, var committed])
        {
            Console.WriteLine(
                $"{build.Name}: of that {double.Parse(heap) / 1e6:N0} MB are the managed heap, {double.Parse(committed) / 1e6:N0} MB are "
                + "committed for it");
        }

        return each;
    }

    // The whole list lies before it, and nothing of it is shown.
    private static async Task<double> OnesOwnAsync(ServedProcess app, HttpClient http)
    {
        const int Times = 5;
        await ReadAsync(http, "&assignee=me");
        var before = app.Processor;
        for (var time = 0; time < Times; time++) await ReadAsync(http, "&assignee=me");
        return (app.Processor - before).TotalMilliseconds / Times;
    }

    private static async Task ReadAsync(HttpClient http, string more = "")
    {
        using var answer = await http.GetAsync(new Uri($"call-backs?state=due&limit=50{more}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }
}
