using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace EndToEnd.Tests.Kill;

/// <summary>The real process, killed again and again while several clients are at work and weeks pass.</summary>
public sealed class KillTests
{
    private const int Clients = 4;
    private const int MostOffers = 900;

    // How much of its work a life does.
    private const int LeastAnswers = 1;
    private const int MostAnswers = 120;

    // A problem is one once this long nothing has changed it; only a run that fails waits so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // And this often looked at, for on a busy machine one look takes longer than that.
    private const int LeastLooks = 10;

    // Enough for every kind of death a few times over; VCAS_KILLS=200 lives longer.
    private const int Lives = 20;

    // One life in ten ends before the app has answered anything: during its start.
    private const int EndedEarly = 10;

    private static readonly string[] Settings =
    [
        "LocalAzure:Clock:Start=2024-03-04T09:00:00Z",
        "Logging:LogLevel:Default=Warning",
        "Logging:LogLevel:VcasFunctions=Error",
        "Logging:LogLevel:Host.Results=Error",
        // Hundreds fall due in the same second here, which Graph would take a minute to be told of; notifications are tried elsewhere.
        "Vcas:Notifications:Enabled=false",
        // Months pass here, and what the nightly erasure takes away is not lost: no period ends meanwhile.
        "Vcas:Retention:ClosedDays=2000",
        "Vcas:Retention:ReferredDays=2000",
        "Vcas:Retention:ErrorDays=2000",
        "Vcas:Retention:TimekeepingDays=2000",
        // Days that pass in an instant end every lock, so a message is delivered far oftener than in life.
        "LocalAzure:ServiceBus:Queues:0:MaxDeliveryCount=100000",
        "LocalAzure:ServiceBus:Queues:1:Name=referral-answers",
        "LocalAzure:ServiceBus:Queues:1:MaxDeliveryCount=100000",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_lose_nothing_that_was_confirmed()
    {
        var lives = Number("VCAS_KILLS") ?? Lives;
        var seed = Number("VCAS_KILL_SEED") ?? Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"VCAS_KILL_SEED={seed}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("vcas-kill-").FullName;
        var (httpPort, busPort) = (FreePorts.Next(), FreePorts.Next());
        var ledger = new Ledger();
        try
        {
            await using var vcas = ReceiverProcess.Start(
                $"Endpoint=sb://127.0.0.1:{busPort};SharedAccessKeyName=k;SharedAccessKey=k;UseDevelopmentEmulator=true", folder);
            var early = Enumerable.Range(0, lives).Select(life => life % EndedEarly == 0).ToArray();
            random.Shuffle(early);
            foreach (var endsEarly in early)
            {
                await using var app = AppProcess.Launch(folder, httpPort, busPort, Settings);
                await LiveAsync(app, ledger, random, endsEarly);
            }

            await using var last = AppProcess.Launch(folder, httpPort, busPort, Settings);
            await last.UntilUpAsync(Cancellation);
            var found = await SettledAsync(last, ledger, folder);
            Assert.True(found.Problems.Count == 0, $"VCAS_KILL_SEED={seed}: {found.Problems.Count} "
                + $"problems\n{string.Join('\n', found.Problems.Take(30))}\nThe app printed:\n{last.Output}");
            Assert.True(
                ledger.Faults.IsEmpty,
                $"VCAS_KILL_SEED={seed}: {ledger.Faults.Count} wrong answers\n{string.Join('\n', ledger.Faults.Take(10))}");
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{lives} kills, {found.Offers} offers, {found.Accepted} accepted, {found.Due} calls due, virtual time {ledger.Now:u}");
            // A run in which nothing happened has proved nothing.
            Assert.True(
                found.Offers > 2 * lives && found.Accepted > lives / 2,
                $"Only {found.Offers} offers and {found.Accepted} acceptances in {lives} lives.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>One life: it starts, works under load, and is killed at a random moment of either.</summary>
    private static async Task LiveAsync(AppProcess app, Ledger ledger, Random random, bool early)
    {
        var (answers, left) = (random.Next(LeastAnswers, MostAnswers), TimeSpan.FromMilliseconds(random.Next(50, 800)));
        if (!early) await app.UntilUpAsync(Cancellation);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var work = Enumerable.Range(0, Clients)
            .Select(_ => new Client(app.Http, ledger, new Random(random.Next()), MostOffers).WorkAsync(stop.Token)).ToList();
        work.Add(PassTimeAsync(app.Http, ledger, new Random(random.Next()), stop.Token));

        // A start is ended somewhere within it: the one place where time itself is waited for. Otherwise the app is killed in the middle of
        // its work, after so much of it, however long a machine takes for that.
        if (early) await Task.Delay(left, TimeProvider.System, Cancellation);
        else await ledger.UntilAnsweredAsync(answers, Cancellation);
        await app.KillAsync();
        await stop.CancelAsync();
        await Task.WhenAll(work);
    }

    private static async Task PassTimeAsync(HttpClient http, Ledger ledger, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 250)), TimeProvider.System, stop);
                await AdvanceAsync(http, ledger, TimeSpan.FromMinutes(random.Next(60, 1_200)), stop);
            }
            catch (Exception cut) when (Client.IsCut(cut))
            {
                // Killed meanwhile.
            }
        }
    }

    private static async Task AdvanceAsync(HttpClient http, Ledger ledger, TimeSpan by, CancellationToken cancellation)
    {
        using var answer = await http.PostAsJsonAsync("local/clock/advance", new { by }, cancellation);
        answer.EnsureSuccessStatusCode();
        var now = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("now").GetDateTimeOffset();
        if (now < ledger.Now) ledger.Faults.Enqueue($"Time went back from {ledger.Now:o} to {now:o}.");
        ledger.Now = now;
    }

    /// <summary>Lets the hourly sweep come round a few times, and looks until everything is as it must be or no longer changes.</summary>
    private static async Task<Findings> SettledAsync(AppProcess app, Ledger ledger, string folder)
    {
        Findings found = new([], 0, 0, 0);
        for (var sweep = 0; sweep < 6; sweep++)
        {
            await AdvanceAsync(app.Http, ledger, TimeSpan.FromMinutes(65), Cancellation);
            var (began, looks) = (TimeProvider.System.GetTimestamp(), 0);
            do
            {
                looks++;
                var inspection = new Inspection(app.Http, ledger, folder, Cancellation);
                var problems = await inspection.FindProblemsAsync();
                found = new Findings(problems, inspection.Offers, inspection.Accepted, inspection.Due);
                if (problems.Count == 0) return found;
            }
            while (looks < LeastLooks || TimeProvider.System.GetElapsedTime(began) < Patience);
        }

        return found;
    }

    private sealed record Findings(IReadOnlyList<string> Problems, int Offers, int Accepted, int Due);
}
