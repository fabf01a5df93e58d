using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Shared;
using VcasFunctions.Notifications;
using VcasFunctions.Tests.Audit;

namespace VcasFunctions.Tests.Notifications;

/// <summary>A team is told by telling each of its group's people, who have the app for themselves.</summary>
public sealed class GroupTests
{
    private const string Group = "4b1d8f1e-7f0a-4a8e-9d8e-2f9a3a4d5e6f";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Vcas:CallBackTeams:call-back:GroupId", "")]
    [InlineData("Vcas:CallBackTeams:call-back:TeamId", Group)]
    public async Task Everybody_of_the_group_is_told_the_same_and_nothing_of_anybody(string setting, string teamId)
    {
        await using var app = await StartAsync(null, 3, $"{setting}={Group}", $"Vcas:CallBackTeams:call-back:TeamId={teamId}");
        using var api = new Api(app);
        var id = Assert.Single(await app.FallDueAsync(api, 1));

        var told = app.Azure.Graph.Inbox();
        Assert.Equal(People(3), told.Select(notice => notice.Recipient));
        Assert.Single(told.Select(notice => (notice.ActivityType, notice.PreviewText, notice.TopicValue, notice.ChainId)).Distinct());
        Assert.All(told, notice => Assert.DoesNotContain("900123", $"{notice}", StringComparison.Ordinal));
        Assert.Null((await api.GetAsync($"offers/{id}"))["untoldSince"]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(437, 5)]
    public async Task A_hundred_are_told_by_one_request_and_nobody_twice(int people, int requests)
    {
        var seen = new Requests();
        await using var app = await StartAsync(seen, people);
        using var api = new Api(app);
        await app.FallDueAsync(api, 1);

        Assert.Equal(requests, seen.Count("POST"));
        Assert.Equal(People(people).Order(), app.Azure.Graph.Inbox().Select(notice => notice.Recipient).Order());
    }

    [Fact]
    public async Task A_group_that_is_larger_than_Teams_takes_in_a_second_is_told_in_part_and_somebody_hears_of_it()
    {
        using var log = new SaidLines();
        await using var app = await StartAsync(null, GroupMembers.Most + 40, configure: builder => builder.Logging.AddProvider(log));
        using var api = new Api(app);
        var id = Assert.Single(await app.FallDueAsync(api, 1));
        Assert.Equal(GroupMembers.Most, app.Azure.Graph.Inbox().Count);
        Assert.Contains(log.Lines, line => line.StartsWith("A team can't be told in Teams as a whole", StringComparison.Ordinal));
        Assert.Empty(await app.UntoldAsync(id));
    }

    [Fact]
    public async Task The_group_is_asked_for_once_an_hour_and_where_Graph_is_away_who_was_in_it_is_told_afterwards()
    {
        var seen = new Requests();
        await using var app = await StartAsync(seen, 2);
        using var api = new Api(app);
        await app.FallDueAsync(api, 1);
        await app.AdvanceAsync(TimeSpan.FromMinutes(59), Cancellation);
        await app.FallDueAsync(api, 1);
        Assert.Equal(1, seen.Count("GET"));

        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await app.FallDueAsync(api, 1);
        Assert.Equal(2, seen.Count("GET"));

        // The directory fails, and the bulk of Graph doesn't.
        seen.FailGroups = HttpStatusCode.BadGateway;
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        var id = Assert.Single(await app.FallDueAsync(api, 1));
        Assert.Empty(await app.UntoldAsync(id));
        Assert.Equal(4 * 2, app.Azure.Graph.Inbox().Count);
    }

    [Theory]
    [InlineData("NotInstalled")]
    [InlineData("Unknown")]
    public async Task Where_the_group_cannot_be_read_the_list_alone_shows_the_call_and_somebody_hears_of_it(string why)
    {
        using var log = new SaidLines();
        await using var app = await StartAsync(
            null, 0, configure: builder => builder.Logging.AddProvider(log), settings: $"LocalAzure:Graph:{why}:0={Group}");
        using var api = new Api(app);
        var id = Assert.Single(await app.FallDueAsync(api, 1));
        Assert.Empty(app.Azure.Graph.Inbox());
        Assert.Contains(log.Lines, line => line.StartsWith("A team can't be told in Teams", StringComparison.Ordinal));
        Assert.NotNull((await api.GetAsync($"offers/{id}"))["untoldSince"]);
    }

    private static IReadOnlyList<string> People(int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"5a000000-0000-4000-8000-{i:D12}")];

    private static Task<RunningApp> StartAsync(Requests? seen, int people, params string[] settings) =>
        StartAsync(seen, people, null, settings);

    private static Task<RunningApp> StartAsync(
        Requests? seen, int people, Action<global::LocalAzure.LocalAzureBuilder>? configure, params string[] settings) =>
        RunningApp.StartAsync(
        Given.Clock(),
        configure: builder =>
        {
            if (seen is not null) builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(seen);
            configure?.Invoke(builder);
        },
        settings:
        [
            $"Vcas:CallBackTeams:call-back:TeamId={Group}",
            .. People(people).Select((id, i) => $"LocalAzure:Graph:Groups:{Group}:{i}={id}"),
            .. settings,
        ]);

    /// <summary>Counts what goes to Graph, and has its directory fail.</summary>
    private sealed class Requests : IHttpMessageHandlerBuilderFilter
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> methods = [];

        public HttpStatusCode? FailGroups { get; set; }

        public int Count(string method) => methods.Count(one => one == method);

        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Add(new Counting(this));
        };

        private sealed class Counting(Requests requests) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (request.RequestUri!.Host != "graph.microsoft.com") return base.SendAsync(request, cancellationToken);
                requests.methods.Enqueue(request.Method.Method);
                return request.Method == HttpMethod.Get && requests.FailGroups is { } status
                    ? Task.FromResult(new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent("{}") })
                    : base.SendAsync(request, cancellationToken);
            }
        }
    }
}
