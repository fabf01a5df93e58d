using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;
using Shared;
using Vcas.Domain.Households;
using VcasFunctions.Http;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace VcasFunctions.Tests.Notifications;

/// <summary>
/// What goes to Graph, byte for byte after the fields are put in order, against the requests that its documentation shows:
/// learn.microsoft.com/graph/api/userteamwork-sendactivitynotification, teamwork-sendactivitynotificationtorecipients and
/// group-list-transitivemembers. The Graph here is an HTTP server that knows nothing of ours.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class DocumentedRequestTests : IAsyncLifetime
{
    private const string Person = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private const string Other = "9b2504e0-4f89-41d3-9a0c-0305e82c3302";
    private const string Team = "11111111-2222-3333-4444-555555555555";
    private const string MorePath = $"/v1.0/groups/{Team}/more";
    private const string MembersPath = $"/v1.0/groups/{Team}/transitiveMembers/graph.user";
    private const string App = "33333333-4444-5555-6666-777777777777";

    private readonly WireMockServer graph = WireMockServer.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        graph.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_person_is_told_as_documented()
    {
        Answer(204);
        await using var app = await StartAsync("Vcas:OtherTeams:CareOfficer=" + Person);
        var id = await DueAsync(app);

        var request = Assert.Single(graph.LogEntries).RequestMessage!;
        Assert.Equal(("POST", $"/v1.0/users/{Person}/teamwork/sendActivityNotification"), (request.Method, request.Path));
        Assert.StartsWith("application/json", request.Headers!["Content-Type"].ToString(), StringComparison.Ordinal);
        Assert.Equal(
            Normal($$$"""
            {
              "topic": { "source": "text", "value": "Call-back {{{Household.ReferenceOf(id)}}}", "webUrl": "{{{LinkTo(id)}}}" },
              "activityType": "callBackDue",
              "chainId": {{{ChainOf(id)}}},
              "previewText": { "content": "A call-back is due" },
              "templateParameters": [ { "name": "reference", "value": "{{{Household.ReferenceOf(id)}}}" } ]
            }
            """),
            Normal(request.Body!));
    }

    [Fact]
    public async Task A_team_is_told_one_by_one_as_its_group_has_them_and_as_documented()
    {
        // Two pages, the second by the link that the first gives.
        graph.Given(Request.Create().WithPath(MembersPath).UsingGet()).RespondWith(Json($$"""
            {"@odata.nextLink":"{{graph.Url}}{{MorePath}}","value":[{"@odata.type":"#microsoft.graph.user","id":"{{Person}}"}]}
            """));
        graph.Given(Request.Create().WithPath(MorePath).UsingGet()).RespondWith(Json($$"""
            {"value":[{"@odata.type":"#microsoft.graph.user","id":"{{Other}}"}]}
            """));
        graph.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithStatusCode(202));
        await using var app = await StartAsync();
        var id = await DueAsync(app);

        var requests = graph.LogEntries.Select(entry => entry.RequestMessage!).ToList();
        Assert.Equal(
            [("GET", MembersPath), ("GET", MorePath), ("POST", "/v1.0/teamwork/sendActivityNotificationToRecipients")],
            requests.Select(request => (request.Method, request.Path)));
        // As the directory wants to be asked for people alone, out of groups within groups.
        Assert.Equal(
            "?$select=id&$count=true&$top=999".Split('?', '&').Order(),
            Uri.UnescapeDataString(new Uri(requests[0].Url).Query).Split('?', '&').Order());
        Assert.All(requests.Take(2), request => Assert.Equal("eventual", request.Headers!["ConsistencyLevel"].ToString()));
        Assert.Equal(
            Normal($$$"""
            {
              "topic": { "source": "text", "value": "Call-back {{{Household.ReferenceOf(id)}}}", "webUrl": "{{{LinkTo(id)}}}" },
              "activityType": "callBackDue",
              "chainId": {{{ChainOf(id)}}},
              "previewText": { "content": "A call-back is due" },
              "recipients": [
                { "@odata.type": "#microsoft.graph.aadUserNotificationRecipient", "userId": "{{{Person}}}" },
                { "@odata.type": "#microsoft.graph.aadUserNotificationRecipient", "userId": "{{{Other}}}" }
              ],
              "templateParameters": [ { "name": "reference", "value": "{{{Household.ReferenceOf(id)}}}" } ]
            }
            """),
            Normal(requests[2].Body!));
    }

    [Theory]
    [InlineData("90")]
    [InlineData("Mon, 11 Mar 2024 10:01:30 GMT")]
    public async Task What_Teams_refuses_for_now_comes_again_when_it_says_and_not_before(string retryAfter)
    {
        Answer(429, retryAfter);
        await using var app = await StartAsync();
        var first = await DueAsync(app);
        var second = await DueAsync(app);
        Assert.Single(graph.LogEntries);

        graph.Reset();
        graph.Given(Request.Create().WithPath(MembersPath).UsingGet()).RespondWith(Json($$"""{"value":[{"id":"{{Person}}"}]}"""));
        Answer(204);
        await app.AdvanceAsync(TimeSpan.FromSeconds(89), Cancellation);
        Assert.Empty(graph.LogEntries);
        await app.AdvanceAsync(TimeSpan.FromSeconds(31), Cancellation);

        var told = JsonNode.Parse(Assert.Single(graph.LogEntries, entry => entry.RequestMessage!.Method == "POST").RequestMessage!.Body!)!;
        Assert.Equal(("callBacksDue", "2 call-backs are due"), ((string?)told["activityType"], (string?)told["previewText"]!["content"]));
        Assert.Empty(await app.UntoldAsync(first, second));
    }

    private Task<RunningApp> StartAsync(params string[] settings) => RunningApp.StartAsync(
        Given.Clock(),
        configure: builder => builder.Services.AddSingleton(
            new GraphServiceClient(new HttpClient(), new AnonymousAuthenticationProvider(), $"{graph.Url}/v1.0")),
        settings: [
            "Vcas:Notifications:TeamsAppId=" + App, "Vcas:Notifications:ConsoleUrl=https://vcas.police.example/console/", .. settings,
        ]);

    private void Answer(int status, string? retryAfter = null)
    {
        var response = Response.Create().WithStatusCode(status);
        if (retryAfter is not null) response = response.WithHeader("Retry-After", retryAfter);
        graph.Given(Request.Create().UsingAnyMethod()).AtPriority(9).RespondWith(response);
    }

    private static IResponseBuilder Json(string body) =>
        Response.Create().WithStatusCode(200).WithHeader("Content-Type", "application/json").WithBody(body);

    private static async Task<Guid> DueAsync(RunningApp app)
    {
        using var api = new Api(app);
        return await new Households(app, api).DueAsync();
    }

    // As documented for deep links to a tab: learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-application
    private static string LinkTo(Guid id) =>
        $"https://teams.microsoft.com/l/entity/{App}/call-backs"
        + $"?context=%7B%22subEntityId%22%3A%22{id:D}%22%7D"
        + $"&webUrl=https%3A%2F%2Fvcas.police.example%2Fconsole%2Fcall-backs%2F{id:D}";

    private static long ChainOf(Guid id) => BitConverter.ToInt64(id.ToByteArray()) & long.MaxValue;

    private static string Normal(string json) => Sorted(JsonNode.Parse(json)!).ToJsonString();

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Sorted(field.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => Sorted(item!))]),
        _ => node.DeepClone(),
    };
}
