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

    private const string ToMany = "https://graph.microsoft.com/v1.0/teamwork/sendActivityNotificationToRecipients";

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
            "--LocalAzure:Graph:Unknown:0=nobody",
            "--LocalAzure:Graph:Groups:g:0=m0", "--LocalAzure:Graph:Groups:g:1=m1", "--LocalAzure:Graph:Groups:g:2=m2",
            "--LocalAzure:Graph:Groups:g:3=m3", "--LocalAzure:Graph:Groups:g:4=m4");
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
        Assert.Equal(
            (User, "callBackDue", "A call-back is due", 7L, clock.GetUtcNow()),
            (found.Recipient, found.ActivityType, found.PreviewText, found.ChainId, found.SentAt));
        Assert.Equal("CB-7F3A", found.TemplateParameters["reference"]);
        Assert.Contains("CB-7F3A", await app.GetAsync($"local/inbox?recipient={User}"), StringComparison.Ordinal);
        Assert.Equal("[]", await app.GetAsync("local/inbox?recipient=somebody-else"));
    }

    [Fact]
    public async Task What_was_sent_is_still_there_after_a_clock_that_ran_ahead_sent_something()
    {
        var other = Good.Replace("\"chainId\":7", "\"chainId\":8", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(Good)).StatusCode);
        clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(other)).StatusCode);
        Assert.Equal([7L, 8L], app.Local.Graph.Inbox().Select(found => found.ChainId));
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("""{"activityType":"a","previewText":{"content":"p"}}""", "topic")]
    [InlineData("""{"topic":{"source":"text","value":"v"},"activityType":"a","previewText":{"content":"p"}}""", "webUrl")]
    [InlineData(
        """{"topic":{"source":"text","value":"v","webUrl":"https://example.org/x"},"activityType":"a","previewText":{"content":"p"}}""",
        "webUrl")]
    [InlineData(
        """{"topic":{"source":"entityUrl","value":"https://example.org"},"activityType":"a","previewText":{"content":"p"}}""",
        "topic.value")]
    [InlineData("""{"topic":{"source":"mail","value":"v"},"activityType":"a","previewText":{"content":"p"}}""", "topic.source")]
    [InlineData(
        """{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"previewText":{"content":"p"}}""", "activityType")]
    [InlineData("""{"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a"}""", "previewText")]
    [InlineData(
        """
        {"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"systemDefault",
         "previewText":{"content":"p"}}
        """,
        "systemDefaultText")]
    [InlineData(
        """
        {"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a","previewText":{"content":"p"},
         "templateParameters":{}}
        """,
        "templateParameters")]
    [InlineData(
        """
        {"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a","previewText":{"content":"p"},
         "templateParameters":[{"name":"n"}]}
        """,
        "template parameter")]
    [InlineData(
        """
        {"topic":{"source":"entityUrl","value":"https://graph.microsoft.com/v1.0/x"},"activityType":"a","previewText":{"content":"p"},
         "chainId":"x"}
        """,
        "chainId")]
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
        Assert.Equal(
            expected, (await SendAsync(Good.Replace("A call-back is due", new string('x', length), StringComparison.Ordinal))).StatusCode);

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
        Assert.Equal(
            ["A call-back is due", "A call-back is overdue", "A call-back is due"],
            app.Local.Graph.Inbox().Select(item => item.PreviewText));
        Assert.Equal(2, app.Local.Graph.Inbox(User).Count);
    }

    [Fact]
    public async Task Many_are_told_by_one_request_and_whom_it_does_not_reach_nobody_is_told_of()
    {
        var response = await PostAsync(ToMany, For("a", "no-app", "nobody", "b"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(["a", "b"], app.Local.Graph.Inbox().Select(notification => notification.Recipient));
        Assert.All(app.Local.Graph.Inbox(), notification => Assert.True(notification.IsOneOfMany));
        // A later one of the same chain takes each one's place.
        await PostAsync(ToMany, For("b"));
        Assert.Equal(2, app.Local.Graph.Inbox().Count);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.BadRequest)]
    [InlineData(1, HttpStatusCode.Accepted)]
    [InlineData(100, HttpStatusCode.Accepted)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task One_request_tells_a_hundred_at_most(int people, HttpStatusCode expected)
    {
        Assert.Equal(expected, (await PostAsync(ToMany, For([.. Enumerable.Range(0, people).Select(i => $"p{i}")]))).StatusCode);
        Assert.Equal(expected == HttpStatusCode.Accepted ? people : 0, app.Local.Graph.Inbox().Count);
    }

    [Theory]
    [InlineData("\"recipients\":[{\"@odata.type\":\"microsoft.graph.teamMembersNotificationRecipient\",\"teamId\":\"t\"}]", "user")]
    [InlineData("\"recipients\":[{\"@odata.type\":\"microsoft.graph.aadUserNotificationRecipient\"}]", "userId")]
    [InlineData("\"recipients\":{}", "recipients")]
    public async Task Recipients_are_users_by_their_ids(string recipients, string says)
    {
        var response = await PostAsync(ToMany, Good.Replace("\"chainId\":7", recipients, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, (await ErrorAsync(response)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_groups_people_come_page_by_page()
    {
        var found = new List<string>();
        string? next = $"{MembersOf("g")}?$select=id&$count=true&$top=2";
        for (var pages = 0; next is not null; pages++)
        {
            Assert.InRange(pages, 0, 2);
            var page = JsonDocument.Parse(await (await GetAsync(next)).Content
                .ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            found.AddRange(page.GetProperty("value").EnumerateArray().Select(user => user.GetProperty("id").GetString()!));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], found);
    }

    [Theory]
    [InlineData("g", "?$count=true&$select=mail", true, HttpStatusCode.BadRequest)]
    [InlineData("g", "?$count=true", false, HttpStatusCode.BadRequest)]
    [InlineData("g", "", true, HttpStatusCode.BadRequest)]
    [InlineData("g", "?$count=true&$top=1000", true, HttpStatusCode.BadRequest)]
    [InlineData("no-app", "?$count=true", true, HttpStatusCode.Forbidden)]
    [InlineData("nobody", "?$count=true", true, HttpStatusCode.NotFound)]
    [InlineData("any-other", "?$count=true", true, HttpStatusCode.OK)]
    public async Task A_group_is_read_as_the_directory_wants_it(string group, string query, bool eventual, HttpStatusCode expected) =>
        Assert.Equal(expected, (await GetAsync(MembersOf(group) + query, eventual)).StatusCode);

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
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
            .GetProperty("error");

    private static string Address(string user) => $"https://graph.microsoft.com/v1.0/users/{user}/teamwork/sendActivityNotification";

    private static string MembersOf(string group) => $"https://graph.microsoft.com/v1.0/groups/{group}/transitiveMembers/graph.user";

    private static string For(params string[] people) => Good.Replace(
        "\"chainId\":7",
        $"\"chainId\":7,\"recipients\":[{string.Join(',', people.Select(Recipient))}]",
        StringComparison.Ordinal);

    private static string Recipient(string id) =>
        $$"""{"@odata.type":"microsoft.graph.aadUserNotificationRecipient","userId":"{{id}}"}""";

    private Task<HttpResponseMessage> GetAsync(string address, bool eventual = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "token") },
        };
        if (eventual) request.Headers.Add("ConsistencyLevel", "eventual");
        return graph.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(string body, string user = User) => PostAsync(Address(user), body);

    private Task<HttpResponseMessage> PostAsync(string address, string body, string? token = "token")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return graph.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public sealed class Functions
    {
        [Function("Here")]
        public IResult Here([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("here");
    }
}
