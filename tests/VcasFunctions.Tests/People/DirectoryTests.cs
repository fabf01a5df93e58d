using LocalAzure.Graph;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using Moq;
using Shared;
using VcasFunctions.People;
using VcasFunctions.Tests.Audit;
using static VcasFunctions.Tests.People.PeopleStory;

namespace VcasFunctions.Tests.People;

/// <summary>Names from the directory, and a page that goes on without them.</summary>
public sealed class DirectoryTests : IDisposable
{
    private const string On = "Vcas:Directory:Enabled=true";
    private const string Group = "4b1d8f1e-7f0a-4a8e-9d8e-2f9a3a4d5e6f";

    private readonly SaidLines log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Ways in which Graph can fail; null never answers.</summary>
    public static TheoryData<string> Failures => ["403", "404", "429", "503", "gateway", "unreachable", "silent", "nameless"];

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task The_directory_says_who_calls_for_a_team_and_who_has_left_is_a_name_alone()
    {
        await using var app = await StartAsync(
            On, $"LocalAzure:Graph:Groups:{SouthCallers}:0={South}", $"LocalAzure:Graph:Groups:{NorthCallers}:0={Deputy}",
            $"LocalAzure:Graph:Groups:{NorthCallers}:1=5a000000-0000-4000-8000-0000000000c9",
            "LocalAzure:Graph:Names:5a000000-0000-4000-8000-0000000000c9=Zoe \u202EExample");
        await app.ComesAsync("north");
        using var boss = new Api(app, "boss");
        Assert.Equal(
            ["Kit Umberleigh directory north-calls", "Priya Vosper signedIn ", "Zoe Example directory north-calls"],
            await boss.PeopleAsync());
    }

    [Fact]
    public async Task While_the_directory_is_away_those_who_signed_in_are_shown_and_it_is_said_once_without_a_name()
    {
        await using var app = await StartAsync(Given.Clock(), null, builder => builder.Logging.AddProvider(log), On);
        await app.ComesAsync("north");
        using var boss = new Api(app, "boss");
        app.Azure.Graph.Outage = GraphOutage.ServiceUnavailable;
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal(["Priya Vosper signedIn north-calls"], await boss.PeopleAsync());
            Assert.Equal("true", (await boss.GetAsync("people")).Must(200)["directoryFailed"]);
            await app.AdvanceAsync(DirectoryPeople.Rest, Cancellation);
        }

        app.Azure.Graph.Outage = GraphOutage.None;
        Assert.Equal(["Priya Vosper directory north-calls"], await boss.PeopleAsync());
        app.Azure.Graph.Outage = GraphOutage.NoConnection;
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.Equal(["Priya Vosper directory north-calls"], await boss.PeopleAsync());
        var said = log.Lines.Where(line => line.Contains("directory", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [
                "The directory could not be read (503). Those who signed in are shown",
                "The directory can be read again",
                "The directory could not be read (HttpRequestException). Those who signed in are shown",
            ],
            said);
        Assert.DoesNotContain(log.Lines, line => line.Contains("Vosper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_consent_to_read_users_the_directory_gives_ids_alone_and_that_is_said()
    {
        await using var app = await StartAsync(
            Given.Clock(), null, builder => builder.Logging.AddProvider(log), On, "LocalAzure:Graph:HidesNames=true");
        await app.ComesAsync("north");
        using var boss = new Api(app, "boss");
        Assert.Equal(["Priya Vosper signedIn north-calls"], await boss.PeopleAsync());
        Assert.Single(log.Lines, line => line.Contains("User.ReadBasic.All", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task However_the_directory_fails_nobody_waits_long_and_it_is_left_alone_for_a_while(string how)
    {
        var (clock, asked) = (new FakeTimeProvider(Given.Monday), 0);
        var graph = GraphThat(async stop =>
        {
            asked++;
            return how switch
            {
                "gateway" => throw new System.Text.Json.JsonException("<html>Priya Vosper"),
                "unreachable" => throw new HttpRequestException("No such host: Priya Vosper."),
                "silent" => await NeverAsync(stop),
                "nameless" => new UserCollectionResponse { Value = [new User { Id = North }] },
                _ => throw Refusal(int.Parse(how, System.Globalization.CultureInfo.InvariantCulture), how == "429" ? "600" : null),
            };
        });
        using var directory = Directory(graph, clock);

        var answer = directory.OfAsync(Group, Cancellation);
        if (how == "silent")
        {
            clock.Advance(TimeSpan.FromSeconds(4.9));
            Assert.False(answer.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(0.2));
        }

        Assert.Null(await answer);
        Assert.Null(await directory.OfAsync(Group, Cancellation));
        Assert.Equal(1, asked);
        clock.Advance(DirectoryPeople.Rest);
        if (how != "silent") Assert.Null(await directory.OfAsync(Group, Cancellation));
        // What asks to be left alone for longer is.
        Assert.Equal(how is "429" or "silent" ? 1 : 2, asked);
        Assert.DoesNotContain("Vosper", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(429, true)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    public async Task What_was_read_does_for_a_day_unless_it_may_no_longer_be_known(int status, bool isKept)
    {
        var (clock, asked, fails) = (new FakeTimeProvider(Given.Monday), 0, false);
        var graph = GraphThat(stop =>
        {
            asked++;
            if (fails) throw Refusal(status);
            return Task.FromResult(new UserCollectionResponse { Value = [new User { Id = North, DisplayName = "Priya Vosper" }] });
        });
        using var directory = Directory(graph, clock);
        Assert.Equal("Priya Vosper", Assert.Single((await directory.OfAsync(Group, Cancellation))!).Name);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await directory.OfAsync(Group, Cancellation));
        Assert.Equal(1, asked);

        fails = true;
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(isKept, await directory.OfAsync(Group, Cancellation) is not null);
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(await directory.OfAsync(Group, Cancellation));
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task A_large_group_is_read_page_by_page_and_no_further_than_anybody_chooses_among()
    {
        var pages = new Queue<UserCollectionResponse>(Enumerable.Range(0, 3).Select(page => new UserCollectionResponse
        {
            Value =
            [
                .. Enumerable.Range(0, 250).Select(one => new User { Id = Guid.NewGuid().ToString(), DisplayName = $"P {page} {one}" }),
            ],
            OdataNextLink = "https://graph.microsoft.com/v1.0/groups/next",
        }));
        using var directory = Directory(GraphThat(_ => Task.FromResult(pages.Dequeue())), new FakeTimeProvider(Given.Monday));
        Assert.Equal(500, (await directory.OfAsync(Group, Cancellation))!.Count);
        Assert.Single(pages);
    }

    private static async Task<UserCollectionResponse> NeverAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        throw new InvalidOperationException("It was waited for.");
    }

    private static ApiException Refusal(int status, string? retryAfter = null) => new("Priya Vosper")
    {
        ResponseStatusCode = status,
        ResponseHeaders = retryAfter is null
            ? new Dictionary<string, IEnumerable<string>>()
            : new Dictionary<string, IEnumerable<string>> { ["Retry-After"] = [retryAfter] },
    };

    private static GraphServiceClient GraphThat(Func<CancellationToken, Task<UserCollectionResponse>> answer)
    {
        var adapter = new Mock<IRequestAdapter>();
        adapter.SetupProperty(graph => graph.BaseUrl, "https://graph.microsoft.com/v1.0");
        adapter.Setup(graph => graph.SendAsync(
                It.IsAny<RequestInformation>(),
                It.IsAny<ParsableFactory<UserCollectionResponse>>(),
                It.IsAny<Dictionary<string, ParsableFactory<IParsable>>>(),
                It.IsAny<CancellationToken>()))
            .Returns((
                RequestInformation _, ParsableFactory<UserCollectionResponse> _, Dictionary<string, ParsableFactory<IParsable>>? _,
                CancellationToken stop) => answer(stop)!);
        return new GraphServiceClient(adapter.Object);
    }

    private DirectoryPeople Directory(GraphServiceClient graph, TimeProvider clock) => new(
        new ServiceCollection().AddSingleton(graph).BuildServiceProvider(),
        Mock.Of<IOptionsMonitor<DirectoryOptions>>(options => options.CurrentValue == new DirectoryOptions { Enabled = true }),
        clock,
        LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<DirectoryPeople>());
}
