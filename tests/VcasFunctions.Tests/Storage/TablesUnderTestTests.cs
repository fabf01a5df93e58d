using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Storage;

/// <summary>
/// A run that is said to be on Azurite is on Azurite, through the genuine client and nothing of ours but a note of each call.
/// </summary>
public sealed class TablesUnderTestTests(SharedApp shared)
{
    [Fact]
    public async Task The_app_keeps_its_tables_where_this_run_wants_them()
    {
        var service = shared.App.Services.GetRequiredService<TableServiceClient>();
        var offers = shared.App.Services.GetRequiredService<VcasTables>().Offers;
        Assert.Equal(AppTables.AreOnAzurite, (service is NotedTables all ? all.Inner : service).GetType() == typeof(TableServiceClient));
        Assert.Equal(AppTables.AreOnAzurite, (offers is NotedTable one ? one.Inner : offers).GetType() == typeof(TableClient));

        var id = await shared.Api.RecordAsync(Given.Declined());
        var row = await offers.GetEntityAsync<TableEntity>(
            id.ToString("D"), "offer", cancellationToken: TestContext.Current.CancellationToken);
        // Azurite's own clock stamps what it stores; the tests' clock stands in 2024.
        Assert.Equal(AppTables.AreOnAzurite, row.Value.Timestamp > Given.Monday.AddYears(1));
    }
}
