using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Audit;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Storage;

/// <summary>
/// What it costs to hold a day of the audit fast and to look at it again, counted where the genuine client puts requests on the wire to
/// Azurite: what happened on that day, and nothing for the years that lie before it.
/// </summary>
// Its tables lie in Azurite wherever the others' lie: once will do.
[Trait("Needs", "Node"), Trait("Tables", "Local")]
public sealed class NightCostTests(Azurite azurite) : IClassFixture<Azurite>
{
    // More anchors than the service gives on one page, and other days in plenty.
    private const int AnchorsBefore = 4 * 365;
    private const int DaysBefore = 200;
    private const int LargestTransaction = 100;

    private readonly TableTraffic traffic = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_costs_what_happened_on_it_however_many_years_are_stored()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(),
            configure: builder => builder.Services.AddSingleton(azurite.OfNextAccount(AppTables.Watched(traffic))),
            settings: ["Vcas:Nightly:Schedule=0 40 1 1 1 *", RunningApp.SweptDaily]);
        using var api = new Api(app);
        List<Guid> households = [];
        foreach (var phone in new[] { "07700 900331", "07700 900332", "07700 900333" })
            households.Add(await api.RecordAsync(Given.Declined(phone)));
        // The first night finds no anchor, and asks besides which day was the first.
        await DayAsync(app, api, households);

        var young = await DayAsync(app, api, households);
        await StoreYearsAsync(app.Services.GetRequiredService<VcasTables>().Audit);
        var old = await DayAsync(app, api, households);

        Assert.Equal(young.Anchoring, old.Anchoring);
        Assert.Equal(young.Verification, old.Verification);
        // The last anchor, the households of the day, the ends of sixteen chains about lists, the day's anchor; a household's trail, and
        // how far that had come.
        Assert.Equal(1 + 1 + 16 + 1 + (2 * households.Count), young.Anchoring.Count);
        // The anchor, the households of the day, its chains about lists; a household's trail.
        Assert.Equal(3 + households.Count, young.Verification.Count);
    }

    private async Task<(IReadOnlyList<string> Anchoring, IReadOnlyList<string> Verification)> DayAsync(
        RunningApp app, Api api, List<Guid> households)
    {
        foreach (var id in households) (await api.GetAsync($"offers/{id}?reason=callBack")).Must(200);
        var day = AuditDayIndex.DayOf(app.Clock.GetUtcNow());
        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        await app.WhenIdleAsync(Cancellation);
        var anchoring = await SpentAsync(() => app.Services.GetRequiredService<AuditAnchors>().AnchorAsync(Cancellation));
        AuditVerification? seen = null;
        var verification = await SpentAsync(
            async () => seen = await app.Services.GetRequiredService<AuditCheck>().CheckDaysAsync(day, day, Cancellation));
        Assert.Equal((true, households.Count), (seen!.IsWhole, seen.Households));
        return (anchoring, verification);
    }

    private async Task<IReadOnlyList<string>> SpentAsync(Func<Task> night)
    {
        traffic.Take();
        TableTraffic.Function = "night";
        await night();
        return [.. traffic.Take().Where(request => request.Function == "night")
            .Select(request => $"{request.Table} {request.Kind}").Order(StringComparer.Ordinal)];
    }

    private static async Task StoreYearsAsync(TableClient audit)
    {
        var first = DateOnly.FromDateTime(Given.Monday.UtcDateTime);
        var anchors = Enumerable.Range(1, AnchorsBefore)
            .Select(ago => new Anchor(first.AddDays(-ago), "", "", 0, [], Given.Monday.AddDays(1 - ago)).ToEntity("anchors"));
        foreach (var some in anchors.Chunk(LargestTransaction))
        {
            await audit.SubmitTransactionAsync(
                some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
        }

        foreach (var ago in Enumerable.Range(1, DaysBefore))
        {
            var day = AuditDayIndex.Text(first.AddDays(-ago));
            await audit.AddEntityAsync(new TableEntity($"touched|{day}|0", Guid.NewGuid().ToString("D")), Cancellation);
            await audit.AddEntityAsync(new TableEntity($"lists|{day}|0", "read-0000000001"), Cancellation);
        }
    }
}
