using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Tables;
using VcasFunctions.Tests.WriteOnceStorage;

namespace VcasFunctions.Tests.Audit;

/// <summary>
/// Each night's anchor is kept in blobs, elsewhere than the tables, by Microsoft's own client in Microsoft's own emulator.
/// </summary>
[Trait("Needs", "Node")]
public sealed class AnchorArchiveTests(BlobAccounts accounts) : IClassFixture<BlobAccounts>
{
    private static readonly DateOnly LastDay = new(2024, 3, 13);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_night_s_anchor_lies_in_the_container_and_says_nothing_of_anybody()
    {
        var (app, api, container) = await AfterThreeNightsAsync();
        await using var _ = app;
        using var __ = api;
        var blobs = await BlobsAsync(container);
        Assert.Equal(["2024-03-11-", "2024-03-12-", "2024-03-13-"], blobs.Select(blob => blob.Key[..11]));
        var kept = blobs.Values.Select(text => JsonDocument.Parse(text).RootElement).ToList();
        Assert.All(kept, anchor => Assert.Equal(
            ["day", "hash", "households", "previous"],
            anchor.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(
            kept.SkipLast(1).Select(anchor => anchor.GetProperty("hash").GetString()),
            kept.Skip(1).Select(anchor => anchor.GetProperty("previous").GetString()));
        Assert.False(Directory.Exists(Path.Combine(app.Folder, "kept")));
        Assert.Empty(await FindingsAsync(api));
    }

    [Fact]
    public async Task A_night_that_is_begun_anew_keeps_the_same_copy_once()
    {
        var (app, api, container) = await AfterThreeNightsAsync();
        await using var _ = app;
        using var __ = api;
        var before = await BlobsAsync(container);
        await ForgetTheLastAnchorAsync(app);
        await app.Services.GetRequiredService<AuditAnchors>().AnchorAsync(Cancellation);
        Assert.Equal(before, await BlobsAsync(container));
        Assert.Empty(await FindingsAsync(api));
    }

    [Fact]
    public async Task Tables_that_were_put_back_to_an_earlier_day_are_found_by_what_the_blobs_say()
    {
        var (app, api, _) = await AfterThreeNightsAsync();
        await using var __ = app;
        using var ___ = api;
        await ForgetTheLastAnchorAsync(app);
        Assert.Contains(("anchorNotKept", "2024-03-13"), await FindingsAsync(api));
    }

    [Theory]
    [InlineData("""{"day":"2024-03-13","previous":"","hash":"c29tZWJvZHkncyBvd24=","households":0}""")]
    [InlineData("""{"hash":null}""")]
    [InlineData("no anchor")]
    public async Task Something_else_in_its_place_keeps_no_day_from_being_held_fast_and_is_found(string other)
    {
        var (app, api, container) = await AfterThreeNightsAsync();
        await using var _ = app;
        using var __ = api;
        var name = (await BlobsAsync(container)).Keys.Last();
        await container.GetBlobClient(name).UploadAsync(new BinaryData(other), overwrite: true, Cancellation);
        await ForgetTheLastAnchorAsync(app);

        await app.Services.GetRequiredService<AuditAnchors>().AnchorAsync(Cancellation);
        Assert.Equal(other, (await BlobsAsync(container))[name]);
        Assert.Equal([("anchorNotKept", "2024-03-13")], await FindingsAsync(api));
    }

    [Fact]
    public async Task A_copy_that_was_taken_away_is_found()
    {
        var (app, api, container) = await AfterThreeNightsAsync();
        await using var _ = app;
        using var __ = api;
        await container.DeleteBlobAsync((await BlobsAsync(container)).Keys.ElementAt(1), cancellationToken: Cancellation);
        Assert.Equal([("anchorNotKept", "2024-03-12")], await FindingsAsync(api));
    }

    private async Task<(RunningApp App, Api Api, BlobContainerClient Container)> AfterThreeNightsAsync()
    {
        var (connection, container) = await accounts.WithAsync("anchors");
        var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [$"{AnchorArchive.Connection}={connection}", RunningApp.SweptDaily]);
        var api = new Api(app);
        await api.RecordAsync(Given.Declined("07700 900341"));
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        return (app, api, container);
    }

    private static async Task ForgetTheLastAnchorAsync(RunningApp app)
    {
        var audit = app.Services.GetRequiredService<VcasTables>().Audit;
        Assert.False((await audit.DeleteEntityAsync("anchors", Anchor.KeyOf(LastDay), cancellationToken: Cancellation)).IsError);
    }

    private static async Task<SortedDictionary<string, string>> BlobsAsync(BlobContainerClient container)
    {
        var blobs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Cancellation))
        {
            blobs.Add(
                blob.Name, (await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value.Content.ToString());
        }

        return blobs;
    }

    private static async Task<List<(string?, string?)>> FindingsAsync(Api api) =>
        [.. (await api.GetAsync("audit/verification?from=2024-03-11&to=2024-03-13")).Must(200).Json
            .GetProperty("findings").EnumerateArray()
            .Select(finding => (finding.GetProperty("kind").GetString(), finding.GetProperty("day").GetString()))];
}
