namespace VcasFunctions.Tests.BadInput;

/// <summary>Ids that are none, households that nobody knows, queries that can't be read, routes that aren't there.</summary>
public sealed class IdAndQueryTests(SharedApp shared)
{
    public static TheoryData<string, string, string?> OfOneHousehold => new()
    {
        { "GET", "offers/{id}", null },
        { "POST", "offers/{id}/acceptance", "{}" },
        { "PUT", "offers/{id}/details", """{"risks":[]}""" },
        { "POST", "offers/{id}/reopening", """{"reason":"other"}""" },
        { "POST", "offers/{id}/danger/acknowledgement", null },
        { "POST", "offers/{id}/danger/action", """{"action":"welfareCheck"}""" },
        { "POST", "offers/{id}/withdrawal", """{"reason":"moved"}""" },
        { "PUT", "offers/{id}/contact", """{"phone":"07700 900123"}""" },
        {
            "POST",
            "call-backs/{id}/attempts",
            """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"noAnswer","safetyChecked":true}"""
        },
        { "PUT", "call-backs/{id}/hold", """{"reason":"bailChanged","reviewAt":"2024-03-18T09:00:00Z"}""" },
        { "DELETE", "call-backs/{id}/hold", null },
        { "PUT", "call-backs/{id}/assignee", """{"team":"call-back"}""" },
        { "POST", "call-backs/{id}/policy", null },
        { "PUT", "call-backs/{id}/claim", null },
        { "DELETE", "call-backs/{id}/claim", null },
        { "POST", "referrals/{id}/amendment", """{"risks":[]}""" },
        { "POST", "referrals/{id}/withdrawal", """{"reason":"moved"}""" },
    };

    [Theory]
    [MemberData(nameof(OfOneHousehold))]
    public async Task A_household_that_nobody_knows_is_not_found(string method, string path, string? body)
    {
        var id = Guid.NewGuid();
        (await shared.Api.SendAsync(method, path.Replace("{id}", id.ToString()), body)).MustRefuse(404, 1006);
        Assert.False(await shared.KnowsAsync(id));
    }

    [Theory]
    [MemberData(nameof(OfOneHousehold))]
    public async Task What_is_no_GUID_is_no_id(string method, string path, string? body)
    {
        foreach (var id in new[]
        {
            "1", "Zzyzx", "00000000-0000-0000-0000-000000000000", "7f3a1c520d3e4c399a532f1f6f0f8c11",
            "{7f3a1c52-0d3e-4c39-9a53-2f1f6f0f8c11}", "%20", "a'%20or%20'1'%20eq%20'1",
        })
        {
            var answer = (await shared.Api.SendAsync(method, path.Replace("{id}", id), body)).MustRefuse(400, 1004);
            Assert.DoesNotContain("Zzyzx", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("call-backs?state=Zzyzx", "waiting, due, overdue, held")]
    [InlineData("call-backs?state=Due", "waiting, due, overdue, held")]
    [InlineData("call-backs?state=1", "waiting, due, overdue, held")]
    [InlineData("call-backs?state=due&state=held", "more than once")]
    [InlineData("call-backs?assignee=Zzyzx", "me, none")]
    [InlineData("call-backs?limit=0", "1 to 200")]
    [InlineData("call-backs?limit=201", "1 to 200")]
    [InlineData("call-backs?limit=-1", "1 to 200")]
    [InlineData("call-backs?limit=Zzyzx", "1 to 200")]
    [InlineData("call-backs?limit=99999999999999999999", "1 to 200")]
    [InlineData("referrals?state=Zzyzx", "toSend")]
    [InlineData("reports/uptake?by=Zzyzx", "total, month, year, team")]
    [InlineData("reports/uptake?format=pdf", "json, csv")]
    [InlineData("reports/uptake?from=Zzyzx", "date")]
    [InlineData("reports/uptake?from=2024-02-30", "date")]
    [InlineData("reports/uptake?to=01/02/2024", "date")]
    [InlineData("reports/uptake?from=2024-03-02&to=2024-03-01", "before from")]
    [InlineData("call-backs?after=Zzyzx", "as next")]
    [InlineData("offers/closed?after=Zzyzx", "as next")]
    [InlineData("offers/closed?closingReason=Zzyzx", "notReached")]
    [InlineData("tasks?limit=1001", "1 to 1000")]
    [InlineData("call-backs?after=due|9|20240402T080000|Zzyzx", "as next")]
    [InlineData("audit?actor=Zzyzx", "auditor")]
    public async Task A_query_that_cannot_be_read_is_refused_and_says_what_would_be_right(string path, string says)
    {
        var answer = (await shared.Api.GetAsync(path)).MustRefuse(400, 1010);
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zzyzx", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("call-backs?team=")]
    [InlineData("call-backs?after=")]
    [InlineData("reports/uptake?by=")]
    public async Task A_query_word_too_long_to_be_one_is_refused_rather_than_overlooked(string path) =>
        (await shared.Api.GetAsync(path + new string('z', 201))).MustRefuse(400, 1010);

    [Theory]
    [InlineData("reports/uptake?from=0001-01-01&to=9999-12-31")]
    [InlineData("reports/uptake?to=9999-12-31&by=month")]
    [InlineData("call-backs?team=nobody-of-this-name&after=due|9|99991231T235959|ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("call-backs?state=&limit=")]
    public async Task The_ends_of_what_may_be_asked_are_answered(string path) => (await shared.Api.GetAsync(path)).Must(200);

    [Theory]
    [InlineData("GET", "nothing")]
    [InlineData("POST", "offers/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001")]
    [InlineData("DELETE", "offers/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001")]
    [InlineData("GET", "offers/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001/contact")]
    [InlineData("PATCH", "call-backs/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001/hold")]
    [InlineData("GET", "offers")]
    [InlineData("GET", "history")]
    public async Task A_route_or_a_method_that_is_not_there_is_not_found(string method, string path) =>
        Assert.Equal(404, (await shared.Api.SendAsync(method, path)).Status);
}
