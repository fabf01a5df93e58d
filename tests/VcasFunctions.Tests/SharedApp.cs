using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Tables;
using VcasFunctions.Tests;

[assembly: AssemblyFixture(typeof(SharedApp))]

namespace VcasFunctions.Tests;

/// <summary>
/// One app for all tests whose households don't meet. Its clock stands, so that Teams would soon take nothing more in the same
/// second: it sends no notifications. A test that needs time or notifications has an app of its own.
/// </summary>
public sealed class SharedApp : IAsyncLifetime
{
    public RunningApp App { get; private set; } = null!;

    public Api Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Notifications:Enabled=false");
        Api = new Api(App);
    }

    /// <summary>Whether anything at all is stored of an offer, in whatever table.</summary>
    public async Task<bool> KnowsAsync(Guid id)
    {
        var tables = App.Services.GetRequiredService<VcasTables>();
        foreach (var table in new[] { tables.Offers, tables.CallBacks, tables.Referrals, tables.Register })
        {
            await foreach (var row in table
                .QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                if (row.PartitionKey.Contains(id.ToString("D"), StringComparison.Ordinal)
                    || row.RowKey.Contains(id.ToString("D"), StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await App.DisposeAsync();
    }
}
