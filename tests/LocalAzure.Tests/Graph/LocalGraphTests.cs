using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LocalAzure.Graph;
using LocalAzure.Tests.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.Graph;

public sealed class LocalGraphTests : IAsyncLifetime
{
    private const string User = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    private const string Good = """
        {"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/users/u/teamwork/installedApps/i"},
         "activityType":"callBackDue","chainId":7,"previewText":{"content":"A call-back is due"},
         "templateParameters":[{"name":"reference","value":"CB-7F3A"}]}
        """;

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
    private TestApp app = null!;
    private HttpClient graph = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(
            typeof(Functions),
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddHttpClient("graph");
            },
            null,
            "--LocalAzure:Graph:NotInstalled:0=no-app",
            "--LocalAzure:Graph:Unknown:0=nobody");
        graph = app.Host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("graph");
    }

    public async ValueTask DisposeAsync()
    {
        graph.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_good_notification_is_accepted_and_lies_in_the_inbox()
    {
        var response = await SendAsync(Good);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var found = Assert.Single(app.Local.Graph.Inbox());
        Assert.Equal((User, "callBackDue", "A call-back is due", 7L, clock.GetUtcNow()), (found.Recipient, found.ActivityType, found.PreviewText, found.ChainId, found.SentAt));
        Assert.Equal("CB-7F3A", found.TemplateParameters["reference"]);
        Assert.Contains("CB-7F3A", await app.GetAsync($"local/inbox?recipient={User}"), StringComparison.Ordinal);
        Assert.Equal("[]", await app.GetAsync("local/inbox?recipient=somebody-else"));
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("""{"activityType":"a","previewText":{"content":"p"}}""", "topic")]
    [InlineData("""{"topic":{"source":"text","value":"v"},"activityType":"a","previewText":{"content":"p"}}""", "webUrl")]
    [InlineData("""{"topic":{"source":"text","value":"v","webUrl":"https://example.org/x"},"activityType":"a","previewText":{"content":"p"}}""", "webUrl")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://example.org"},"activityType":"a","previewText":{"content":"p"}}""", "topic.value")]
    [InlineData("""{"topic":{"source":"mail","value":"v"},"activityType":"a","previewText":{"content":"p"}}""", "topic.source")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"previewText":{"content":"p"}}""", "activityType")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a"}""", "previewText")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"systemDefault","previewText":{"content":"p"}}""", "systemDefaultText")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a","previewText":{"content":"p"},"templateParameters":{}}""", "templateParameters")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a","previewText":{"content":"p"},"templateParameters":[{"name":"n"}]}""", "template parameter")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a","previewText":{"content":"p"},"chainId":"x"}""", "chainId")]
    public async Task A_bad_body_is_refused_with_graph_s_error(string body, string says)
    {
        var response = await SendAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await ErrorAsync(response);
        Assert.Equal("BadRequest", error.GetProperty("code").GetString());
        Assert.Contains(says, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(error.GetProperty("innerError").TryGetProperty("request-id", out _));
        Assert.Empty(app.Local.Graph.Inbox());
    }

    [Theory]
    [InlineData(150, HttpStatusCode.NoContent)]
    [InlineData(151, HttpStatusCode.BadRequest)]
    public async Task A_preview_is_at_most_150_characters(int length, HttpStatusCode expected) =>
        Assert.Equal(expected, (await SendAsync(Good.Replace("A call-back is due", new string('x', length), StringComparison.Ordinal))).StatusCode);

    [Fact]
    public async Task The_sixth_request_in_a_second_waits_as_it_is_told()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(Good, $"user-{i}")).StatusCode);
        var refused = await SendAsync(Good, "user-5");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("TooManyRequests", (await ErrorAsync(refused)).GetProperty("code").GetString());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(Good, "user-5")).StatusCode);
    }

    [Fact]
    public async Task The_eleventh_request_in_a_minute_for_one_user_waits()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(Good)).StatusCode);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var refused = await SendAsync(Good);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(50), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(Good, "another")).StatusCode);
    }

    [Theory]
    [InlineData("no-app", HttpStatusCode.Forbidden)]
    [InlineData("nobody", HttpStatusCode.NotFound)]
    public async Task A_recipient_without_the_app_or_unknown_is_refused(string recipient, HttpStatusCode expected) =>
        Assert.Equal(expected, (await SendAsync(Good, recipient)).StatusCode);

    [Fact]
    public async Task A_chain_keeps_its_last_notification_for_each_recipient()
    {
        await SendAsync(Good);
        await SendAsync(Good, "another");
        await SendAsync(Good.Replace("is due", "is overdue", StringComparison.Ordinal));
        await SendAsync(Good.Replace("\"chainId\":7,", string.Empty, StringComparison.Ordinal));
        Assert.Equal(["A call-back is due", "A call-back is overdue", "A call-back is due"], app.Local.Graph.Inbox().Select(item => item.PreviewText));
        Assert.Equal(2, app.Local.Graph.Inbox(User).Count);
    }

    [Fact]
    public async Task A_team_needs_a_recipient()
    {
        const string Address = "https://graph.microsoft.com/v1.0/teams/t1/sendActivityNotification";
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Address, Good)).StatusCode);
        var addressed = Good.Replace("\"chainId\":7", "\"recipient\":{\"@odata.type\":\"microsoft.graph.teamMembersNotificationRecipient\",\"teamId\":\"t1\"}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(Address, addressed)).StatusCode);
        Assert.True(Assert.Single(app.Local.Graph.Inbox("t1")).IsTeam);
    }

    [Fact]
    public async Task Without_a_token_and_at_another_address_nothing_is_accepted()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(Address(User), Good, token: null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("https://graph.microsoft.com/v1.0/me/sendMail", Good)).StatusCode);
        Assert.Empty(app.Local.Graph.Inbox());
    }

    [Fact]
    public async Task An_outage_is_an_outage_until_it_is_over()
    {
        app.Local.Graph.Outage = GraphOutage.ServiceUnavailable;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(Good)).StatusCode);
        app.Local.Graph.Outage = GraphOutage.NoConnection;
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(Good));
        app.Local.Graph.Outage = GraphOutage.None;
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(Good)).StatusCode);
        Assert.Single(app.Local.Graph.Inbox());
    }

    [Fact]
    public async Task Requests_to_other_hosts_go_through() =>
        Assert.Equal("here", await graph.GetStringAsync(new Uri(app.Local.Address, "api/Here"), TestContext.Current.CancellationToken));

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error");

    private static string Address(string user) => $"https://graph.microsoft.com/v1.0/users/{user}/teamwork/sendActivityNotification";

    private Task<HttpResponseMessage> SendAsync(string body, string user = User) => PostAsync(Address(user), body);

    private Task<HttpResponseMessage> PostAsync(string address, string body, string? token = "token")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return graph.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public sealed class Functions
    {
        [Function("Here")]
        public IResult Here([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("here");
    }
}
