using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;
using VcasFunctions.WriteOnceStorage;
using VcasRestore;

namespace VcasFunctions.Tests.Backup;

/// <summary>
/// The drill: a night's backup is put back into an account of its own, and the households live on from it. Meanwhile one was erased and
/// another asked never to be called: neither is undone by that.
/// </summary>
internal sealed class Drill(
    IWriteOnceStore place, FakeTimeProvider clock, Action<LocalAzure.LocalAzureBuilder>? configure, params string[] settings) : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The tables of the first account and of the second; where this run has them, when null.</summary>
    public (TableServiceClient First, TableServiceClient Second)? Accounts { get; init; }

    /// <summary>
    /// Puts the backup of this name back into the second account before any app has been started there; the restore's own code, called
    /// from here into an account in which an app runs, when null.
    /// </summary>
    public Func<string, Task>? Command { get; init; }

    public void Dispose()
    {
        foreach (var data in new[] { folder, Second }) if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
    }

    private string Second => folder + "-restored";

    /// <summary>An app on the first folder, or on the second, which has the same keys and empty tables.</summary>
    public Task<RunningApp> StartAsync(bool isSecond = false)
    {
        if (!isSecond) return RunningApp.StartAsync(clock, folder, builder => Configure(builder, Accounts?.First), settings);
        Directory.CreateDirectory(Second);
        File.Copy(Path.Combine(folder, "vault.json"), Path.Combine(Second, "vault.json"), overwrite: true);
        return RunningApp.StartAsync(clock, Second, builder => Configure(builder, Accounts?.Second), settings);
    }

    public Task<RestoreResult> RestoreAsync(RunningApp into, string? name, bool fillIn = false) =>
        new TablesRestore(place, into.Services.GetRequiredService<TableServiceClient>(), TextWriter.Null)
            .RestoreAsync(name, fillIn, Cancellation);

    public async Task RunAsync()
    {
        Guid waiting, referred, erased, barred;
        string figures, first;
        List<string> never;
        await using (var app = await StartAsync())
        {
            using var api = new Api(app);
            var households = new Households(app, api);
            waiting = await api.RecordAsync(Given.Declined("07700 900311"));
            barred = await api.RecordAsync(Given.Declined("07700 900312"));
            referred = await households.ReferredAsync(Given.Accepted("07700 900313"));
            erased = await api.RecordAsync(Given.Declined("07700 900314"));
            (await api.PostAsync($"offers/{erased}/withdrawal", new { reason = "moved" })).Must(200);
            foreach (var state in new[] { "held", "due", "declinedAgain", "erased" }) await households.InAsync(state);
            (await api.GetAsync($"offers/{waiting}?reason=callBack")).Must(200);
            // Three nights, so that days are held fast; the third of them writes the backup that is put back.
            await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
            first = (await BackupReader.ListAsync(place, Cancellation))[^1].Name;
            (await api.PostAsync($"offers/{erased}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
            (await api.PostAsync($"offers/{barred}/withdrawal", new { reason = "doNotContact" })).Must(200);
            figures = (await api.GetAsync("reports/uptake")).Must(200)["total"]!;
            await api.RecordAsync(Given.Declined("07700 900315"));
            await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
            never = await DoNotCallAsync(app);
            Assert.NotEmpty(never);
        }

        if (Command is not null) await Command(first);
        await using var restored = await StartAsync(isSecond: true);
        using var again = new Api(restored);
        if (Command is null)
        {
            var report = await RestoreAsync(restored, first);
            Assert.Equal((2, 1, 0), (report.Settled, report.Later.Count, report.Withheld.Count));
        }

        // What protects is of today, what was lost comes back as of that night.
        Assert.Equal(never, await DoNotCallAsync(restored));
        Assert.Equal("dataSubjectRequest", (await again.GetAsync($"offers/{erased}")).Must(200)["erasure.reason"]);
        Assert.Equal("closed", await again.StateAsync(barred));
        Assert.Equal("waiting", await again.StateAsync(waiting));
        Assert.Equal("+447700900311", (await again.GetAsync($"offers/{waiting}?reason=callBack")).Must(200)["contact.phone"]);
        Assert.Equal(figures, (await again.GetAsync("reports/uptake?to=2024-03-14")).Must(200)["total"]);
        var verified = (await again.GetAsync("audit/verification?from=2024-03-11&to=2024-03-13")).Must(200);
        Assert.True(verified["isWhole"] == "true", verified.Text);

        // The sweep draws up the lists and starts the waits; nobody is called who was not to be.
        var repaired = await restored.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(
            restored.Azure.Engine.Client, Cancellation);
        Assert.Equal(0, repaired.Failed);
        Assert.Contains($"{waiting}", (await again.GetAsync("call-backs?state=waiting")).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains($"{referred}", (await again.GetAsync("referrals")).Must(200).Text, StringComparison.Ordinal);
        await restored.AdvanceAsync(TimeSpan.FromDays(22), Cancellation);
        Assert.Equal("due", await again.StateAsync(waiting));
        Assert.Equal("closed", await again.StateAsync(barred));
        Assert.Equal("true", (await again.GetAsync("audit/verification?from=2024-03-20")).Must(200)["isWhole"]);
    }

    private void Configure(LocalAzure.LocalAzureBuilder builder, TableServiceClient? account)
    {
        configure?.Invoke(builder);
        if (account is not null) builder.Services.AddSingleton(account);
    }

    private static async Task<List<string>> DoNotCallAsync(RunningApp app)
    {
        var rows = new List<string>();
        await foreach (var row
            in app.Services.GetRequiredService<VcasTables>().DoNotCall.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            rows.Add($"{row.PartitionKey}/{row.RowKey}");
        return rows;
    }
}
