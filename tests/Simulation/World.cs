using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using LocalAzure;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Offers;

namespace Simulation;

/// <summary>
/// One world: some weeks of a force's work, drawn from a seed, with whatever can go wrong going wrong. The seed fixes what is
/// done and what fails; threads still interleave as they like, so a seed is where to look, not a recording.
/// </summary>
internal sealed partial class World(int seed, string folder) : IDisposable
{
    private const int Steps = 31;

    // In the middle of what follows lie both clock changes, Christmas, and any ordinary week.
    private static readonly DateTimeOffset[] Starts =
        [
            new(2024, 3, 21, 7, 0, 0, TimeSpan.Zero),
            new(2023, 10, 19, 21, 0, 0, TimeSpan.Zero),
            new(2025, 12, 16, 5, 30, 0, TimeSpan.Zero),
            new(2025, 6, 4, 12, 0, 0, TimeSpan.Zero),
        ];

    // To which a file for VCAS is sealed: one for all worlds.
    private static readonly X509Certificate2 Certificate =
        new CertificateRequest("CN=VCAS", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Starts.Min().AddYears(-1), Starts.Max().AddYears(30));

    // A sweep an hour; activities that failed for long rest for up to a quarter of an hour between tries.
    private static readonly TimeSpan LongestMending = TimeSpan.FromHours(3);

    // A lock lasts a minute, and so does a round of waiting for VCAS; it takes what it can see within one.
    private const int MostRounds = 120;

    // What is tried in the second week without a broker was tried on the first day.
    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(36);

    // A third of the worlds live at the practice note's pace. In the others a call comes after half as long, and half as many days pass: as
    // much happens in them, with half as many sweeps and nights, and so more of them can be lived.
    private readonly int pace = PaceOf(seed);

    private readonly Random random = new(seed);
    private FakeTimeProvider clock = new(Starts[seed % Starts.Length].AddDays(PaceOf(seed) == 1 ? 0 : 5));
    private readonly HeardWords heard = new();
    private readonly People people = new(new Random(seed * 31 + 7), PaceOf(seed), new Random(seed * 29 + 5));
    private readonly Faults faults = new(new Random(seed * 17 + 3));
    private readonly Vcas vcas = new(folder, seed % 5 == 0 ? "reject:atCapacity" : seed % 7 == 0 ? "hold" : "accept");
    private RunningApp app = null!;
    private HttpClient officer = null!;
    private HttpClient caller = null!;
    private readonly Seen seen = new();
    private Watchdog watchdog = null!;
    private bool isBrokerUp = true;
    private int crashes;
    private DateTimeOffset calmSince;

    /// <summary>Lives through the world of this seed, and tells what happened in it.</summary>
    /// <exception cref="InvariantBrokenException">Something that must always hold did not.</exception>
    public static async Task<Story> RunAsync(int seed, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory($"vcas-world-{seed}-").FullName;
        try
        {
            using var world = new World(seed, folder);
            using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            world.watchdog = new Watchdog(lifetime);
            return await world.watchdog.GuardAsync(world.LiveAsync(lifetime.Token));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose()
    {
        heard.Dispose();
        vcas.Dispose();
        officer?.Dispose();
        caller?.Dispose();
    }

    private async Task<Story> LiveAsync(CancellationToken cancellation)
    {
        await StartAsync(intervalDays: 21);
        (seen.Officer, seen.Colleague) = (await IdOfAsync(app.Http, cancellation), await IdOfAsync(officer, cancellation));
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                watchdog.Now($"step {step}");
                await StepAsync(cancellation);
                watchdog.Now($"what must hold after step {step}");
                await LookAsync(cancellation);
            }

            watchdog.Now("everything to settle");
            await SettleAsync(cancellation);
            watchdog.Now("what must hold in the end");
            var invariants = new Invariants(app, people, vcas, heard, seen);
            await invariants.AssertSettledAsync(cancellation);
            return new Story(
                [.. invariants.Sights, .. people.Sights, .. people.SharedNumbers()],
                $"Seed {seed}: {people.Known.Count} households, {people.Accepted.Count} acceptances, {vcas.Referrals().Count} referrals, "
                + $"{crashes} crashes");
        }
        finally
        {
            await vcas.CloseAsync();
            await app.DisposeAsync();
        }
    }

    private static int PaceOf(int seed) => seed % 3 == 0 ? 1 : 2;

    private static async Task<string?> IdOfAsync(HttpClient person, CancellationToken cancellation) =>
        (await person.GetFromJsonAsync<JsonElement>("api/me", cancellation)).GetProperty("id").GetString();

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (faults.AreOn) calmSince = clock.GetUtcNow();
        using var pause = faults.Pause();
        var invariants = new Invariants(app, people, vcas, heard, seen);
        await invariants.AssertAlwaysAsync(clock.GetUtcNow() - calmSince > LongestMending, calmSince, cancellation);
        // Not each time: whoever opens a household that must not be called has it held, and nothing else would ever be tried.
        if (random.Next(3) == 0) await invariants.AssertNobodyIsShownAsync([app.Http, caller], cancellation);
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        switch (random.Next(32))
        {
            case <= 6:
                await people.RecordAsync(app.Http, officer, clock.GetUtcNow());
                break;
            case <= 12:
                await PassAsync(TimeSpan.FromHours(random.Next(1, 170 / pace)), cancellation);
                await people.CallBackAsync(app.Http, caller, clock.GetUtcNow());
                break;
            case <= 22:
                await people.SuperviseAsync(app.Http, clock.GetUtcNow());
                await people.VisitAsync(app.Http, clock.GetUtcNow());
                break;
            case 23:
                faults.TablesFail(random.Next(2) * 0.15);
                break;
            case 24:
                Faults.GraphFails(app.Azure, random.Next(2) == 0);
                break;
            case 25:
                await ToggleBrokerAsync();
                break;
            case 26:
                if (vcas.IsThere) await vcas.CloseAsync();
                else vcas.Open(app.Azure.Broker.ConnectionString);
                break;
            case 27:
                await HaveAccidentAsync(cancellation);
                break;
            case 28:
                await FillDiskAsync(cancellation);
                break;
            case 29 or 30:
                await EndAndStartAsync(cancellation);
                break;
            default:
                await people.SuperviseAsync(app.Http, clock.GetUtcNow());
                break;
        }
    }

    // Dear: each starts the app anew, once or twice.
    private Task EndAndStartAsync(CancellationToken cancellation) => random.Next(6) switch
    {
        0 => LoseKeyAsync(),
        1 => RunAheadAsync(cancellation),
        _ => CrashAsync(cancellation),
    };

    private async Task StartAsync(int intervalDays)
    {
        calmSince = clock.GetUtcNow();
        app = await RunningApp.StartAsync(
            clock,
            folder,
            Listen,
            $"Vcas:Referrals:SealedFileCertificate={Convert.ToBase64String(Certificate.RawData)}",
            $"Vcas:Policy:IntervalDays={intervalDays / pace}",
            $"Vcas:Policy:SecondOfferDays={21 / pace}",
            "Vcas:Tasks:Schedule=0 0 * * * *",
            "Vcas:OtherTeams:Deputy=f0000000-0000-4000-8000-000000000008",
            "LocalAzure:ServiceBus:Queues:0:MaxDeliveryCount=100000");
        faults.Attach(app.Azure);
        officer?.Dispose();
        caller?.Dispose();
        (officer, caller) = (app.As("officer"), app.As("caller"));
        // A machine may be slow, or stand still for a while. What waits without an end the watchdog finds.
        foreach (var person in new[] { app.Http, officer, caller }) person.Timeout = Timeout.InfiniteTimeSpan;
        watchdog.Watch(app, () => people.Requests);
        isBrokerUp = true;
        vcas.Open(app.Azure.Broker.ConnectionString);
    }

    private void Listen(LocalAzureBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Debug).Services.AddSingleton<ILoggerProvider>(heard);
        // The client's own retries take real time, and in here time is something else; the orchestration's are what counts.
        builder.Services.AddSingleton(provider => new ServiceBusClient(
            provider.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!,
            new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(2) } }));
    }

    /// <summary>Time passes, from one thing that happens by itself to the next; VCAS gets the time that it needs.</summary>
    private async Task PassAsync(TimeSpan by, CancellationToken cancellation)
    {
        await VcasHasTakenAsync(cancellation);
        if (!isBrokerUp && by > LongestOutage)
        {
            await app.AdvanceAsync(LongestOutage, cancellation);
            await ToggleBrokerAsync();
            by -= LongestOutage;
        }

        await app.AdvanceAsync(by, cancellation);
    }

    private async Task VcasHasTakenAsync(CancellationToken cancellation)
    {
        if (!isBrokerUp || !vcas.IsThere) return;
        var rounds = new Rounds("VCAS to take every referral", MostRounds);
        while (!await TakenSoonAsync(cancellation))
        {
            var counts = app.Azure.Broker.Count("referrals");
            rounds.Next(counts.Active + counts.Locked + counts.Scheduled, () => $"{app.Azure.Broker}, {counts}");
            // What a crash left locked comes free when its lock runs out, and only the clock ends a lock.
            await app.AdvanceAsync(TimeSpan.FromMinutes(1), cancellation);
        }
    }

    private async Task<bool> TakenSoonAsync(CancellationToken cancellation)
    {
        try
        {
            await Eventually.HoldsAsync(
                () => Task.FromResult(app.Azure.Broker.Count("referrals") is { Active: 0, Locked: 0, Scheduled: 0 }),
                "VCAS to take every referral",
                cancellation,
                seconds: 1);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Everything works again, two sweeps pass, VCAS answers what is left.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        faults.Repair(app.Azure);
        if (!isBrokerUp) await ToggleBrokerAsync();
        if (!vcas.IsThere) vcas.Open(app.Azure.Broker.ConnectionString);
        await people.FinishAsync(app.Http, officer);
        // Activities that failed for long rest for up to a quarter of an hour between tries; two sweeps lie in three hours.
        await PassAsync(TimeSpan.FromHours(3), cancellation);
        await PassAsync(TimeSpan.FromMinutes(5), cancellation);
        await VcasHasTakenAsync(cancellation);
        // Takes in the last answers. Whom an event that nobody sent for has made deaf to them, the sweeps after that begin anew.
        await app.WhenIdleAsync(cancellation);
        await PassAsync(TimeSpan.FromHours(2), cancellation);
        await app.WhenIdleAsync(cancellation);
    }
}

/// <summary>What happened in a world.</summary>
/// <param name="Sights">The kinds of things that happened to its households.</param>
/// <param name="Told">In a line.</param>
internal sealed record Story(HashSet<string> Sights, string Told);
