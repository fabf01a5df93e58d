using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Nightly;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Routes;

/// <summary>Investigations are counted beside households, by what nobody can read and no change takes away.</summary>
public sealed class InvestigationTests
{
    private const string Case = "OPX/7731/24";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_households_of_one_count_once_also_when_a_reference_is_corrected_or_a_household_erased()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var first = await api.RecordAsync(Given.Declined().With("crimeReference", Case));
        var second = await api.RecordAsync(Given.Declined().With("crimeReference", "opx 7731-24"));
        await api.RecordAsync(Given.Declined());
        Assert.Equal((3, 1, 1), await CountedAsync(app, api));

        (await api.PutAsync($"offers/{second}/details", new { crimeReference = "OPX/7732/24" })).Must(200);
        Assert.Equal((3, 2, 1), await CountedAsync(app, api));
        (await api.PutAsync($"offers/{second}/details", new { crimeReference = Case })).Must(200);

        // Nobody knows its reference any more, and it is counted with its investigation all the same.
        (await api.PostAsync($"offers/{first}/withdrawal", new { reason = "moved" })).Must(200);
        (await api.PostAsync($"offers/{first}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
        Assert.Equal((3, 1, 1), await CountedAsync(app, api));
    }

    [Fact]
    public async Task The_table_holds_no_reference_and_a_new_key_of_the_index_changes_no_figure()
    {
        using var folder = new TemporaryFolder("vcas-investigations-");
        var clock = Given.Clock();
        await using (var app = await RunningApp.StartAsync(clock, folder: folder.Path, settings: RunningApp.SweptDaily))
        {
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined().With("crimeReference", Case));
            await app.WhenIdleAsync(Cancellation);
            await foreach (var row in app.Services.GetRequiredService<VcasTables>().Register.QueryAsync<Azure.Data.Tables.TableEntity>(
                cancellationToken: Cancellation))
                Assert.DoesNotContain("7731", string.Join('|', row.Select(column => column.Value)), StringComparison.Ordinal);
        }

        string[] rotated =
        [
            RunningApp.SweptDaily, "Vcas:Sealing:ActiveIndexKey=second",
            $"Vcas:Sealing:IndexKeys:second={Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())}",
        ];
        await using (var app = await RunningApp.StartAsync(clock, folder: folder.Path, settings: rotated))
        {
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined().With("crimeReference", Case));
            Assert.Equal((2, 1, 0), await CountedAsync(app, api));
            await app.Services.GetRequiredService<IndexRenewal>().RenewAsync(Cancellation);
            Assert.Equal((2, 1, 0), await CountedAsync(app, api));
        }
    }

    private static async Task<(int Offers, int Investigations, int WithoutReference)> CountedAsync(RunningApp app, Api api)
    {
        await app.WhenIdleAsync(Cancellation);
        var report = (await api.GetAsync("reports/uptake?by=total")).Must(200);
        return (Of("offers"), Of("investigations"), Of("noCrimeReference"));

        int Of(string name) => report.Json.GetProperty("total").GetProperty(name).GetInt32();
    }
}
