using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Access;

/// <summary>Whose household is whose, who the trail names, and what somebody gets who should not.</summary>
public sealed class OwnTeamsTests(AccessApp app) : IClassFixture<AccessApp>
{
    private const string Declined =
        """{"answer":"declined","contact":{"name":"Alex Example","phone":"07700 900123","codeWord":"lighthouse"}}""";

    private string NorthOfficer => app.Token([Role.Officer], [AccessApp.North]);

    private string SouthOfficer => app.Token([Role.Officer], [AccessApp.South]);

    [Fact]
    public async Task An_offer_that_names_no_team_is_of_the_officers_only_one()
    {
        var answer = await RecordAsync(NorthOfficer, Guid.NewGuid(), Declined);
        Assert.Equal("north", answer.Must(201)["team"]);
    }

    [Fact]
    public async Task Whoever_is_in_several_teams_says_for_which()
    {
        var both = app.Token([Role.Officer], [AccessApp.North, AccessApp.South]);
        var refused = (await RecordAsync(both, Guid.NewGuid(), Declined)).MustRefuse(422, 1005);
        Assert.Equal("team", refused.Json.GetProperty("errors")[0].GetProperty("field").GetString());
        (await RecordAsync(both, Guid.NewGuid(), ForTeam("south"))).Must(201);
    }

    [Fact]
    public async Task An_offer_for_another_team_or_for_none_of_ones_own_is_refused()
    {
        (await RecordAsync(NorthOfficer, Guid.NewGuid(), ForTeam("south"))).MustRefuse(403, 1014);
        (await RecordAsync(NorthOfficer, Guid.NewGuid(), ForTeam("somewhere-else"))).MustRefuse(403, 1014);
        (await RecordAsync(app.Token([Role.Officer], []), Guid.NewGuid(), ForTeam("north"))).MustRefuse(403, 1014);
    }

    [Fact]
    public async Task The_same_request_from_another_teams_officer_shows_nothing_of_the_household()
    {
        var id = Guid.NewGuid();
        (await RecordAsync(NorthOfficer, id, Declined)).Must(201);
        (await RecordAsync(NorthOfficer, id, Declined)).Must(200);
        var answer = (await RecordAsync(SouthOfficer, id, Declined)).MustRefuse(409, 1007);
        Assert.DoesNotContain("lighthouse", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_by_the_settings_reaches_the_team_and_a_care_officer_what_is_theirs_in_person()
    {
        const string Supervisor = "50000000-0000-4000-8000-000000000001", CareOfficer = "c0000000-0000-4000-8000-0000000000ca";
        await using var other = await Shared.RunningApp.StartAsync(Given.Clock(), settings:
            [
                $"Vcas:Teams:north:Supervisor={Supervisor}",
                $"Vcas:Teams:north:CareOfficer={CareOfficer}",
                "Vcas:Teams:north:CallBackTeam=call-back",
                .. PersonSettings("boss", Supervisor, "Supervisor"),
                .. PersonSettings("carer", CareOfficer, "Caller"),
            ]);
        using var all = new Api(other);
        using var boss = new Api(other, "boss");
        using var carer = new Api(other, "carer");
        var id = await all.RecordAsync(Given.Declined().With("team", "north"));
        var elsewhere = await all.RecordAsync(Given.Declined().With("team", "anywhere"));
        foreach (var person in new[] { boss, carer })
        {
            (await person.GetAsync($"offers/{id}")).Must(200);
            (await person.GetAsync($"offers/{elsewhere}")).MustRefuse(404, 1006);
            Assert.Equal(1, (await person.GetAsync("call-backs?state=waiting")).Must(200).Json.GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task Lists_hold_the_own_teams_alone()
    {
        var id = await new Households(app.App, app.Api).ReferredAsync(Given.Accepted().With("team", "north"));
        var due = await new Households(app.App, app.Api).DueAsync(Given.DeclinedLongAgo().With("team", "north"));
        foreach (var (role, list, household) in new[]
        {
            (Role.Caller, "call-backs?limit=200", due), (Role.Supervisor, "call-backs?limit=200", due), (Role.Supervisor, "referrals", id),
        })
        {
            var own = await app.SendAsync(app.Token([role], AccessApp.GroupsOf(role)), "GET", $"/api/{list}");
            Assert.Contains(household.ToString(), own.Answer.Must(200).Text, StringComparison.Ordinal);
            var others = await app.SendAsync(
                app.Token([role], AccessApp.GroupsOf(role, north: false)),
                "GET",
                $"/api/{list}&team=north".Replace("referrals&", "referrals?", StringComparison.Ordinal));
            Assert.DoesNotContain(household.ToString(), others.Answer.Must(200).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_trail_names_whoever_the_token_names_in_the_role_whose_work_it_is()
    {
        var id = Guid.NewGuid();
        var both = app.Token([Role.Supervisor, Role.Officer], [AccessApp.North]);
        (await RecordAsync(both, id, Declined)).Must(201);
        Assert.Equal([("officer", AccessApp.Person)], await TrailAsync(id));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("recordedBy")]
    [InlineData("actor")]
    [InlineData("roles")]
    [InlineData("oid")]
    public async Task A_body_that_says_who_sends_it_is_refused(string field)
    {
        var body = Given.Declined().With(field, "Supervisor").ToJsonString();
        (await RecordAsync(NorthOfficer, Guid.NewGuid(), body)).MustRefuse(400, 1003);
    }

    [Fact]
    public async Task Headers_that_only_the_platform_may_set_let_nobody_in()
    {
        using var http = new HttpClient { BaseAddress = app.App.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL-ID", AccessApp.Person);
        http.DefaultRequestHeaders.Add(
            "X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String("""{"claims":[{"typ":"roles","val":"Supervisor"}]}"""u8));
        using var answer = await http.GetAsync(new Uri("api/call-backs", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_stolen_phone_reaches_its_own_teams_households_one_by_one_for_an_hour_and_no_list()
    {
        await using var other = await Shared.RunningApp.StartAsync(Given.Clock(), settings: "LocalAzure:Identity:TokenMinutes=60");
        var stolen = await TokenAsync(other, "officer");
        var id = Guid.NewGuid();
        Assert.Equal(201, await StatusAsync(other, stolen, HttpMethod.Put, $"api/offers/{id}", Declined));
        Assert.Equal(200, await StatusAsync(other, stolen, HttpMethod.Get, $"api/offers/{id}?reason=callBack"));
        foreach (var list in new[] { "api/call-backs", "api/referrals", "api/reports/uptake" })
            Assert.Equal(403, await StatusAsync(other, stolen, HttpMethod.Get, list));

        await other.AdvanceAsync(TimeSpan.FromMinutes(62), TestContext.Current.CancellationToken);
        // Replayed afterwards it is worth nothing, though it was good a moment ago and has been remembered as such.
        Assert.Equal(401, await StatusAsync(other, stolen, HttpMethod.Get, $"api/offers/{id}?reason=callBack"));
        Assert.Equal(200, await StatusAsync(other, await TokenAsync(other, "officer"), HttpMethod.Get, $"api/offers/{id}?reason=callBack"));
    }

    private static IEnumerable<string> PersonSettings(string name, string id, string role) =>
        [$"LocalAzure:Identity:People:{name}:Id={id}", $"LocalAzure:Identity:People:{name}:Roles:0={role}"];

    private static string ForTeam(string team) => Given.Declined().With("team", team).ToJsonString();

    private static async Task<string> TokenAsync(Shared.RunningApp other, string role)
    {
        using var http = other.As(null);
        using var answer = await http.PostAsync(
            new Uri($"local/identity/token?role={role}", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<int> StatusAsync(Shared.RunningApp other, string token, HttpMethod method, string path, string? body = null)
    {
        using var http = other.As(null);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", token);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<ApiAnswer> RecordAsync(string token, Guid id, string body) =>
        (await app.SendAsync(token, "PUT", $"/api/offers/{id}", body)).Answer;

    private async Task<IReadOnlyList<(string? Role, string? Id)>> TrailAsync(Guid id)
    {
        var trail = new List<(string?, string?)>();
        await foreach (var row in app.App.Services.GetRequiredService<VcasTables>().Offers.QueryAsync<TableEntity>(
            $"PartitionKey eq '{id:D}'", cancellationToken: TestContext.Current.CancellationToken))
        {
            if (row.RowKey.StartsWith("event-", StringComparison.Ordinal)) trail.Add((row.GetString("By"), row.GetString("ById")));
        }

        return trail;
    }
}
