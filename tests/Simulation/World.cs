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
/// One world: some months of a force's work, drawn from a seed, with whatever can go wrong going wrong. The seed fixes what is
/// done and what fails; threads still interleave as they like, so a seed is where to look, not a recording.
/// </summary>
internal sealed class World(int seed, string folder) : IDisposable
{
    private const int Steps = 45;

    // Around both clock changes, Christmas, and any ordinary week.
    private static readonly DateTimeOffset[] Starts =
        [
            new(2024, 3, 11, 7, 0, 0, TimeSpan.Zero),
            new(2023, 10, 9, 21, 0, 0, TimeSpan.Zero),
            new(2025, 12, 1, 5, 30, 0, TimeSpan.Zero),
            new(2025, 6, 4, 12, 0, 0, TimeSpan.Zero),
        ];

    // A step takes moments; one that stands still says where. Each begins anew, so that a slow machine may take its time for a world.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    // A sweep an hour; activities that failed for long rest for up to a quarter of an hour between tries.
    private static readonly TimeSpan LongestMending = TimeSpan.FromHours(3);

    private readonly Random random = new(seed);
    private readonly FakeTimeProvider clock = new(Starts[seed % Starts.Length]);
    private readonly HeardWords heard = new();
    private readonly People people = new(new Random(seed * 31 + 7));
    private readonly Faults faults = new(new Random(seed * 17 + 3));
    private readonly Vcas vcas = new(folder, seed % 5 == 0 ? "reject:atCapacity" : seed % 7 == 0 ? "hold" : "accept");
    private RunningApp app = null!;
    // The last revision in which each household was seen.
    private readonly Dictionary<Guid, int> seen = [];
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
            return await world.LiveAsync(lifetime);
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
    }

    private async Task<Story> LiveAsync(CancellationTokenSource lifetime)
    {
        var cancellation = lifetime.Token;
        lifetime.CancelAfter(LongestStep);
        await StartAsync(intervalDays: 21);
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                lifetime.CancelAfter(LongestStep);
                await StepAsync(cancellation);
                await LookAsync(cancellation);
            }

            lifetime.CancelAfter(LongestStep);
            await SettleAsync(cancellation);
            lifetime.CancelAfter(LongestStep);
            var invariants = new Invariants(app, people, vcas, heard, seen);
            await invariants.AssertSettledAsync(cancellation);
            return new Story(
                invariants.Sights,
                $"Seed {seed}: {people.Known.Count} households, {people.Accepted.Count} acceptances, {vcas.Referrals().Count} referrals, "
                + $"{crashes} crashes");
        }
        finally
        {
            await vcas.CloseAsync();
            await app.DisposeAsync();
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (faults.AreOn) calmSince = clock.GetUtcNow();
        using var pause = faults.Pause();
        await new Invariants(app, people, vcas, heard, seen).AssertAlwaysAsync(
            clock.GetUtcNow() - calmSince > LongestMending, cancellation);
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        switch (random.Next(28))
        {
            case <= 6:
                await people.RecordAsync(app.Http, clock.GetUtcNow());
                break;
            case <= 11:
                await PassAsync(TimeSpan.FromHours(random.Next(1, 200)), cancellation);
                await people.CallBackAsync(app.Http, clock.GetUtcNow());
                break;
            case <= 20:
                await people.SuperviseAsync(app.Http, clock.GetUtcNow());
                break;
            case 21:
                faults.TablesFail(random.Next(2) * 0.15);
                break;
            case 22:
                Faults.GraphFails(app.Azure, random.Next(2) == 0);
                break;
            case 23:
                await ToggleBrokerAsync();
                break;
            case 24:
                if (vcas.IsThere) await vcas.CloseAsync();
                else vcas.Open(app.Azure.Broker.ConnectionString);
                break;
            case 25:
                await HaveAccidentAsync(cancellation);
                break;
            default:
                await CrashAsync(cancellation);
                break;
        }
    }

    private async Task StartAsync(int intervalDays)
    {
        calmSince = clock.GetUtcNow();
        app = await RunningApp.StartAsync(
            clock, folder, Listen, $"Vcas:Policy:IntervalDays={intervalDays}", "LocalAzure:ServiceBus:Queues:0:MaxDeliveryCount=100000");
        faults.Attach(app.Azure);
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
        await app.AdvanceAsync(by, cancellation);
    }

    private async Task VcasHasTakenAsync(CancellationToken cancellation)
    {
        if (!isBrokerUp || !vcas.IsThere) return;
        while (!await TakenSoonAsync(cancellation))
        {
            // What a crash left locked comes free when its lock runs out, and only the clock ends a lock.
            await app.AdvanceAsync(TimeSpan.FromMinutes(1), cancellation);
        }
    }

    private async Task<bool> TakenSoonAsync(CancellationToken cancellation)
    {
        try
        {
            await Eventually.HoldsAsync(
                () => Task.FromResult(app.Azure.Broker.Count("referrals") is { Active: 0, Locked: 0 }),
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

    /// <summary>A kill, perhaps in the middle of requests; afterwards perhaps a deployment with another policy.</summary>
    private async Task CrashAsync(CancellationToken cancellation)
    {
        crashes++;
        var inFlight = random.Next(2) == 0 ? people.RecordAsync(app.Http, clock.GetUtcNow()) : Task.CompletedTask;
        await app.CrashAsync();
        await inFlight;
        await vcas.CloseAsync();
        if (random.Next(3) == 0) clock.Advance(TimeSpan.FromHours(random.Next(1, 72)));
        await StartAsync(random.Next(2) == 0 ? 21 : 14);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task ToggleBrokerAsync()
    {
        if (isBrokerUp) await app.Azure.Broker.StopAsync();
        else await app.Azure.Broker.StartAsync();
        isBrokerUp = !isBrokerUp;
    }

    /// <summary>An operator ends or deletes an orchestration, or an event comes that nobody sent for.</summary>
    private async Task HaveAccidentAsync(CancellationToken cancellation)
    {
        if (people.Recorded.Count == 0) return;
        var id = HouseholdTime.InstanceIdOf(people.Recorded.Keys.ElementAt(random.Next(people.Recorded.Count)));
        var client = app.Azure.Engine.Client;
        if (await client.GetInstanceAsync(id, cancellation) is not { IsCompleted: false }) return;
        switch (random.Next(3))
        {
            case 0:
                await client.TerminateInstanceAsync(id, cancellation);
                break;
            case 1:
                await client.TerminateInstanceAsync(id, cancellation);
                await app.WhenIdleAsync(cancellation);
                await PurgeAsync(client, id, cancellation);
                break;
            default:
                await client.RaiseEventAsync(id, HouseholdTime.ChangeAfter(random.Next(1, 6)), eventPayload: null, cancellation);
                break;
        }
    }

    private static async Task PurgeAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        try
        {
            await client.PurgeInstanceAsync(id, cancellation);
        }
        catch (InvalidOperationException)
        {
            // Something has started it again meanwhile, and what runs can't be purged.
        }
    }

    /// <summary>Everything works again, two sweeps pass, VCAS answers what is left.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        faults.Mend(app.Azure);
        if (!isBrokerUp) await ToggleBrokerAsync();
        if (!vcas.IsThere) vcas.Open(app.Azure.Broker.ConnectionString);
        await people.FinishAsync(app.Http);
        // Activities that failed for long rest for up to a quarter of an hour between tries; two sweeps lie in three hours.
        await PassAsync(TimeSpan.FromHours(3), cancellation);
        await PassAsync(TimeSpan.FromMinutes(5), cancellation);
        await VcasHasTakenAsync(cancellation);
        await app.WhenIdleAsync(cancellation);
    }
}

/// <summary>What happened in a world.</summary>
/// <param name="Sights">The kinds of things that happened to its households.</param>
/// <param name="Told">In a line.</param>
internal sealed record Story(IReadOnlySet<string> Sights, string Told);
