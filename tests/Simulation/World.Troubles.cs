using LocalAzure.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Households;
using VcasFunctions.Sealing;

namespace Simulation;

/// <summary>What befalls the machine itself: its disk, its clock, its keys; and what its operators do.</summary>
internal sealed partial class World
{
    // A step that couldn't be stored rests for a second, and so does a message that couldn't be handed over.
    private const int MostRests = 60;

    // More than any file has.
    private const int AnyNumberOfPages = 1_073_741_823;

    /// <summary>For a while the file can't grow: what is refused then is sent again, and what was confirmed stays.</summary>
    private async Task FillDiskAsync(CancellationToken cancellation)
    {
        using var pause = faults.Pause();
        await LimitFileAsync(pages: 1);
        for (var act = random.Next(4, 9); act > 0; act--)
        {
            if (!await people.RecordAsync(app.Http, officer, clock.GetUtcNow())) people.Sights.Add(Kinds.FullDisk);
            await people.SuperviseAsync(app.Http, clock.GetUtcNow());
        }

        await LimitFileAsync(AnyNumberOfPages);
        // A step that couldn't be stored rests for a second, and only the clock ends a rest.
        var rounds = new Rounds("the host to be idle once there was room on the disk again", MostRests);
        while (!await IsIdleSoonAsync(cancellation))
        {
            rounds.Next(app.Azure.Store.Writes, () => $"{app.Azure.Broker}");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        calmSince = clock.GetUtcNow();
    }

    // SQLite takes the pages that there are for the least. Where another write of the same group finds the disk full, all of the group is
    // refused, and this with it: who makes room goes on until there is some.
    private async Task LimitFileAsync(int pages)
    {
        var rounds = new Rounds("the file to take its limit", MostRests);
        while (true)
        {
            try
            {
                await app.Azure.Store.WriteAsync(connection => connection.Execute($"PRAGMA max_page_count = {pages}"));
                return;
            }
            catch (StorageException full) when (!app.Azure.Store.IsClosed)
            {
                rounds.Next(app.Azure.Store.Writes, () => full.Message);
            }
        }
    }

    private async Task<bool> IsIdleSoonAsync(CancellationToken cancellation)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await app.WhenIdleAsync(soon.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// The machine starts with a date that is still to come; hours later somebody puts its clock right. The devices' clocks are right all
    /// the while.
    /// </summary>
    private async Task RunAheadAsync(CancellationToken cancellation)
    {
        var truth = clock.GetUtcNow();
        await StopAsync();
        clock = new FakeTimeProvider(truth.AddDays(random.Next(1, 60)));
        await StartAsync(intervalDays: 21);
        for (var act = random.Next(1, 4); act > 0; act--) await people.RecordAsync(app.Http, officer, truth);
        await people.SuperviseAsync(app.Http, truth);
        if (random.Next(2) == 0) await app.WhenIdleAsync(cancellation);
        await StopAsync();
        clock = new FakeTimeProvider(truth.AddHours(random.Next(1, 5)));
        await StartAsync(intervalDays: 21);
        people.Sights.Add(Kinds.RanAhead);
    }

    /// <summary>Somebody starts it without the keys: it doesn't start, and does as soon as they are back.</summary>
    private async Task LoseKeyAsync()
    {
        await StopAsync();
        var (vault, away) = (Path.Combine(folder, "vault.json"), Path.Combine(folder, "vault.away"));
        File.Move(vault, away);
        try
        {
            await using var keyless = await RunningApp.StartAsync(clock, folder, Listen);
            throw new InvariantBrokenException("It started without the keys");
        }
        catch (KeyMismatchException)
        {
            people.Sights.Add(Kinds.LostKey);
        }

        File.Move(away, vault, overwrite: true);
        await StartAsync(intervalDays: 21);
    }

    /// <summary>An operator ends or deletes an orchestration, or an event comes that nobody sent for.</summary>
    private async Task HaveAccidentAsync(CancellationToken cancellation)
    {
        if (people.Recorded.Count == 0) return;
        var id = HouseholdOrchestrations.InstanceIdOf(people.Recorded.Keys.ElementAt(random.Next(people.Recorded.Count)));
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
                await client.RaiseEventAsync(id, HouseholdOrchestrations.ChangeAfter(random.Next(1, 6)), eventPayload: null, cancellation);
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

    private async Task StopAsync()
    {
        await app.CrashAsync();
        await vcas.CloseAsync();
    }

    /// <summary>A kill, perhaps in the middle of requests; afterwards perhaps a deployment with another policy.</summary>
    private async Task CrashAsync(CancellationToken cancellation)
    {
        crashes++;
        var inFlight = random.Next(2) == 0 ? people.RecordAsync(app.Http, officer, clock.GetUtcNow()) : Task.CompletedTask;
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
}
