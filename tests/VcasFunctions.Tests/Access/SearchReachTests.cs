using VcasFunctions.Access;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Access;

/// <summary>A search finds what is somebody's own, and to everybody else it is as if nobody stood there.</summary>
public sealed class SearchReachTests(AccessApp app) : IClassFixture<AccessApp>
{
    [Theory]
    [InlineData("Officer")]
    [InlineData("Caller")]
    [InlineData("Supervisor")]
    public async Task Another_teams_household_is_found_by_nothing_that_can_be_said_of_it(string name)
    {
        var role = Enum.Parse<Role>(name);
        var number = Given.Number();
        var reference = $"REACH {number}";
        var id = await app.Api.RecordAsync(Given.Declined(number).With("team", "north").With("crimeReference", reference));
        foreach (var body in new object[]
        {
            new { phone = number, reason = "theyGotInTouch" }, new { crimeReference = reference, reason = "theyGotInTouch" },
            new { reference = id, reason = "theyGotInTouch" }, new { reference = id, reason = "dataSubjectRequest" },
        })
        {
            Assert.Equal("1", (await SearchAsync(role, AccessApp.GroupsOf(role), body)).Must(200)["count"]);
            foreach (var groups in new[] { AccessApp.GroupsOf(role, north: false), [] })
            {
                var theirs = (await SearchAsync(role, groups, body)).Must(200);
                Assert.Equal(await SearchAsync(role, groups, new { phone = Given.Number(), reason = "theyGotInTouch" }), theirs);
            }
        }
    }

    [Fact]
    public async Task An_administrator_searches_for_the_person_who_asks_for_their_data_and_is_told_where_it_is_and_no_more()
    {
        var number = Given.Number();
        var id = await app.Api.RecordAsync(Given.Declined(number).With("team", "south"));
        (await SearchAsync(Role.Administrator, [], new { phone = number, reason = "theyGotInTouch" })).MustRefuse(403, 1013);
        var found = (await SearchAsync(Role.Administrator, [], new { phone = number, reason = "dataSubjectRequest" })).Must(200);
        var one = Assert.Single(found.Json.GetProperty("households").EnumerateArray());
        Assert.Equal(id, one.GetProperty("offerId").GetGuid());
        Assert.Equal(["offerId", "offeredAt", "reference", "team"], one.EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task An_administrator_who_is_also_an_officer_reaches_other_teams_for_that_reason_alone()
    {
        var number = Given.Number();
        await app.Api.RecordAsync(Given.Declined(number).With("team", "north"));
        await app.Api.RecordAsync(Given.Declined(number).With("team", "south"));
        var both = app.Token([Role.Officer, Role.Administrator], [AccessApp.North]);
        async Task<ApiAnswer> AsBothAsync(string reason) =>
            (await app.SendAsync(both, "POST", "/api/offers/search", new { phone = number, reason })).Answer.Must(200);
        Assert.Equal("1", (await AsBothAsync("theyGotInTouch"))["count"]);
        var all = await AsBothAsync("dataSubjectRequest");
        Assert.Equal("2", all["count"]);
        Assert.Equal(
            [("north", true), ("south", false)],
            all.Json.GetProperty("households").EnumerateArray()
                .Select(one => (one.GetProperty("team").GetString()!, one.TryGetProperty("state", out _))).Order());
    }

    private async Task<ApiAnswer> SearchAsync(Role role, string[] groups, object body) =>
        (await app.SendAsync(app.Token([role], groups), "POST", "/api/offers/search", body)).Answer;
}
