using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;
using Shared;
using Vcas.Domain.Offers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace VcasFunctions.Tests.Notifications;

/// <summary>
/// What goes to Graph, byte for byte after the fields are put in order, against the requests that its documentation shows:
/// learn.microsoft.com/graph/api/userteamwork-sendactivitynotification and team-sendactivitynotification. The Graph here is an HTTP
/// server that knows nothing of ours.
/// </summary>
public sealed class DocumentedRequestTests : IAsyncLifetime
{
    private const string Person = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private const string Team = "11111111-2222-3333-4444-555555555555";
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
              "topic": { "source": "text", "value": "Call-back {{{Offer.ReferenceOf(id)}}}", "webUrl": "{{{LinkTo(id)}}}" },
              "activityType": "callBackDue",
              "chainId": {{{ChainOf(id)}}},
              "previewText": { "content": "A call-back is due" },
              "templateParameters": [ { "name": "reference", "value": "{{{Offer.ReferenceOf(id)}}}" } ]
            }
            """),
            Normal(request.Body!));
    }

    [Fact]
    public async Task A_team_is_told_as_documented()
    {
        Answer(204);
        await using var app = await StartAsync();
        var id = await DueAsync(app);

        var request = Assert.Single(graph.LogEntries).RequestMessage!;
        Assert.Equal(("POST", $"/v1.0/teams/{Team}/sendActivityNotification"), (request.Method, request.Path));
        Assert.Equal(
            Normal($$$"""
            {
              "topic": { "source": "text", "value": "Call-back {{{Offer.ReferenceOf(id)}}}", "webUrl": "{{{LinkTo(id)}}}" },
              "activityType": "callBackDue",
              "chainId": {{{ChainOf(id)}}},
              "previewText": { "content": "A call-back is due" },
              "recipient": { "@odata.type": "#microsoft.graph.teamMembersNotificationRecipient", "teamId": "{{{Team}}}" },
              "templateParameters": [ { "name": "reference", "value": "{{{Offer.ReferenceOf(id)}}}" } ]
            }
            """),
            Normal(request.Body!));
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
        Answer(204);
        await app.AdvanceAsync(TimeSpan.FromSeconds(89), Cancellation);
        Assert.Empty(graph.LogEntries);
        await app.AdvanceAsync(TimeSpan.FromSeconds(31), Cancellation);

        var told = JsonNode.Parse(Assert.Single(graph.LogEntries).RequestMessage!.Body!)!;
        Assert.Equal(("callBacksDue", "2 call-backs are due"), ((string?)told["activityType"], (string?)told["previewText"]!["content"]));
        Assert.Empty(await app.UntoldAsync(first, second));
    }

    private Task<RunningApp> StartAsync(params string[] settings) => RunningApp.StartAsync(
        Given.Clock(),
        configure: builder => builder.Services.AddSingleton(new GraphServiceClient(new HttpClient(), new AnonymousAuthenticationProvider(), $"{graph.Url}/v1.0")),
        settings: ["Vcas:Notifications:TeamsAppId=" + App, "Vcas:Notifications:ConsoleUrl=https://vcas.police.example/console/", .. settings]);

    private void Answer(int status, string? retryAfter = null)
    {
        var response = Response.Create().WithStatusCode(status);
        if (retryAfter is not null) response = response.WithHeader("Retry-After", retryAfter);
        graph.Given(Request.Create().UsingAnyMethod()).RespondWith(response);
    }

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
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Sorted(field.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => Sorted(item!))]),
        _ => node.DeepClone(),
    };
}
