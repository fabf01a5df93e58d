using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Nightly;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Sealing;

/// <summary>A new key comes, the old one goes, and no household is out of reach meanwhile.</summary>
public sealed class RotationTests
{
    // Once it is VCAS's to call it is shown to nobody but whom it belongs to.
    private static async Task<ApiAnswer> ExportAsync(Api api, Guid id) =>
        (await api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Must(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_changed_without_downtime_and_the_old_one_taken_away()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        var clock = Given.Clock();
        try
        {
            Guid waiting, referred;
            await using (var app = await StartAsync(clock, folder, "k1", "k1"))
            {
                using var api = new Api(app);
                waiting = await api.RecordAsync(
                    Given.Declined("07700 900123").With("risks", new System.Text.Json.Nodes.JsonArray("violence")));
                referred = await new Households(app, api).ReferredAsync(Given.Accepted("07700 900124"));
            }

            await using (var app = await StartAsync(clock, folder, "k2", "k1", "k2"))
            {
                using var api = new Api(app);
                Assert.Equal("+447700900123", (await api.GetAsync($"offers/{waiting}")).Must(200)["contact.phone"]);
                (await api.PutAsync(
                    $"offers/{waiting}", Given.Declined("07700 900123").With("risks", new System.Text.Json.Nodes.JsonArray("violence"))))
                    .Must(200);
                Assert.Equal(["k1", "k1"], await KeysInUseAsync(app));

                // The night comes, and seals anew; the second time there is nothing left to do.
                await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
                Assert.Equal(["k2", "k2"], await KeysInUseAsync(app));
                Assert.Equal((0, 0), await app.Services.GetRequiredService<SealRenewal>().RenewAsync(Cancellation));
            }

            await using (var app = await StartAsync(clock, folder, "k2", "k2"))
            {
                using var api = new Api(app);
                Assert.Equal("+447700900123", (await api.GetAsync($"offers/{waiting}")).Must(200)["contact.phone"]);
                Assert.Equal("+447700900124", (await ExportAsync(api, referred))["offer.contact.phone"]);
                Assert.Contains("violence", (await api.GetAsync("call-backs?state=waiting")).Must(200).Text, StringComparison.Ordinal);
                (await api.GetAsync("referrals")).Must(200);
                // The request that recorded it is still known again.
                (await api.PutAsync(
                    $"offers/{waiting}", Given.Declined("07700 900123").With("risks", new System.Text.Json.Nodes.JsonArray("violence"))))
                    .Must(200);
                (await api.PutAsync($"offers/{waiting}", Given.Accepted())).MustRefuse(409, 1007);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<RunningApp> StartAsync(FakeTimeProvider clock, string folder, string active, params string[] ids) =>
        RunningApp.StartAsync(
            clock,
            folder,
            settings: [$"Vcas:Sealing:ActiveKey={active}", .. ids.Select(id => $"Vcas:Sealing:Keys:{id}={Keys.Of((byte)id[1])}")]);

    private static async Task<IReadOnlyList<string>> KeysInUseAsync(RunningApp app)
    {
        var keys = new List<string>();
        await foreach (var row in app.Services.GetRequiredService<VcasTables>().Offers.QueryAsync<TableEntity>(
            "RowKey eq 'offer'", cancellationToken: Cancellation))
            keys.Add(row.GetString("KeyId"));
        return keys;
    }
}
