using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using VcasFunctions.Access;
using VcasFunctions.Tests.Access;

namespace VcasFunctions.Tests.Audit;

/// <summary>
/// Who asked for what and was refused it stands in the audit: who, which command, which household, by which number,
/// and nothing that was sent.
/// </summary>
public sealed class RefusalAuditTests(RefusalAuditTests.Watched app) : IClassFixture<RefusalAuditTests.Watched>
{
    private const string Typed = "Zzyzx Road 07700 900555";

    public static TheoryData<string, string, string, int, int, string> Refused => new()
    {
        // In a state in which it can't be.
        {
            "waiting",
            "POST call-backs/{id}/attempts",
            """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be0a1","outcome":"callLater","safetyChecked":true}""",
            409,
            3001,
            "RecordAttempt"
        },
        { "withdrawn", "POST offers/{id}/withdrawal", """{"reason":"duplicate"}""", 409, 0, "WithdrawOffer" },
        { "erased", "PUT offers/{id}/contact", """{"phone":"07700 900555"}""", 409, 0, "ChangeContact" },
        { "waiting", "DELETE call-backs/{id}/hold", "", 409, 0, "ReleaseHold" },
        // In words that aren't ours.
        { "waiting", "PUT call-backs/{id}/hold", """{"reason":"Zzyzx Road 07700 900555"}""", 400, 1002, "PlaceHold" },
        {
            "waiting", "PUT offers/{id}", """{"answer":"declined","contact":{"phone":"07700 900555","name":"Zzyzx Road"}}""", 409, 1007,
            "RecordOffer"
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refused_command_stands_with_its_household_and_discloses_nothing(
        string state, string command, string body, int status, int code, string function)
    {
        var id = await new Households(app.App, app.Api).InAsync(state);
        var before = (await LinesAsync($"&offerId={id}")).Count;
        var (method, path) = (command.Split(' ')[0], command.Split(' ')[1].Replace("{id}", $"{id}", StringComparison.Ordinal));
        var answer = (await app.Api.SendAsync(method, path, body.Length > 0 ? body : null)).Must(status);
        if (code == 0) code = answer.Code;

        var line = (await LinesAsync($"&offerId={id}")).Skip(before).Single();
        Assert.Equal(("refusal", "commandRefused", null), (Text(line, "kind"), Text(line, "what"), Text(line, "to")));
        Assert.NotNull(Text(line, "byId"));
        var data = JsonNode.Parse(Text(line, "data")!)!;
        Assert.Equal((function, status), ((string)data["command"]!, (int)data["status"]!));
        Assert.Equal(code, (int)data["code"]!);
        Assert.DoesNotContain(Typed.Split(' ')[0], line.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("900555", line.ToString(), StringComparison.Ordinal);
        // The chain goes on unbroken.
        Assert.Equal("true", (await app.Api.GetAsync($"audit/verification?offerId={id}")).Must(200)["isWhole"]);
    }

    [Fact]
    public async Task A_command_on_another_teams_household_stands_with_it_and_one_on_none_stands_in_the_lists()
    {
        var id = await app.Api.RecordAsync(Given.Declined().With("team", "north"));
        var stranger = app.Token([Role.Officer], AccessApp.GroupsOf(Role.Officer, north: false));
        foreach (var target in new[] { id, Guid.NewGuid() })
        {
            (await app.SendAsync(stranger, "POST", $"api/offers/{target}/acceptance", "{}")).Answer.MustRefuse(404, 1006);
            var line = (await LinesAsync($"&actor={AccessApp.Person}"))
                .Single(
                    line => Text(line, "offerId") == $"{target}" || Text(line, "data")!.Contains($"{target}", StringComparison.Ordinal));
            Assert.Equal(("refusal", "officer"), (Text(line, "kind"), Text(line, "by")));
            Assert.Equal(target == id ? $"{id}" : null, Text(line, "offerId"));
            Assert.Contains(target == id ? "\"code\":1006" : $"\"offerId\":\"{target}\"", Text(line, "data"), StringComparison.Ordinal);
        }

        // Only the first tells somebody that a door was tried.
        Assert.Single(app.Log.Lines, line => line.StartsWith("Access refused: AcceptOffer answered 404", StringComparison.Ordinal));
        Assert.Equal("true", (await app.Api.GetAsync("audit/verification")).Must(200)["isWhole"]);
    }

    [Fact]
    public async Task Who_lacks_the_role_is_named_whether_they_asked_to_change_or_to_read()
    {
        var id = await app.Api.RecordAsync(Given.Declined().With("team", "north"));
        var auditor = app.Token([Role.Auditor], []);
        (await app.SendAsync(auditor, "POST", $"api/offers/{id}/erasure", """{"reason":"other"}""")).Answer.MustRefuse(403, 1013);
        (await app.SendAsync(app.Token([], []), "GET", "api/call-backs")).Answer.MustRefuse(403, 1013);

        var erasure = (await LinesAsync($"&offerId={id}"))[^1];
        Assert.Equal(("commandRefused", "auditor", AccessApp.Person), (Text(erasure, "what"), Text(erasure, "by"), Text(erasure, "byId")));
        var list = (await LinesAsync("&actor=none"))[^1];
        Assert.Equal(("readRefused", "refusal"), (Text(list, "what"), Text(list, "kind")));
        Assert.Contains("\"command\":\"ListCallBacks\"", Text(list, "data"), StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, line => line == "Access refused: EraseHousehold answered 403 with 1013");
    }

    [Fact]
    public async Task A_household_that_is_not_theirs_to_read_is_a_refusal_with_the_reason_that_they_gave()
    {
        var id = await app.Api.RecordAsync(Given.Declined().With("team", "north"));
        var stranger = app.Token([Role.Officer], AccessApp.GroupsOf(Role.Officer, north: false));
        (await app.SendAsync(stranger, "GET", $"api/offers/{id}?reason=correction")).Answer.MustRefuse(404, 1006);
        var line = (await LinesAsync($"&offerId={id}"))[^1];
        Assert.Equal(("refusal", "offerRefused", "correction"), (Text(line, "kind"), Text(line, "what"), Text(line, "why")));
    }

    [Fact]
    public async Task A_claim_that_somebody_else_holds_is_refused_and_what_the_refusal_showed_is_said()
    {
        var id = await new Households(app.App, app.Api).DueAsync(Given.DeclinedLongAgo().With("team", "north"));
        (await app.Api.PutAsync($"call-backs/{id}/claim", new { })).Must(200);
        var caller = app.Token([Role.Caller], AccessApp.GroupsOf(Role.Caller));
        (await app.SendAsync(caller, "PUT", $"api/call-backs/{id}/claim", "{}")).Answer.Must(409);
        var line = (await LinesAsync($"&offerId={id}"))[^1];
        Assert.Equal(("refusal", AccessApp.Person), (Text(line, "kind"), Text(line, "byId")));
        Assert.Contains("\"shown\":\"claim\"", Text(line, "data"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_brings_no_token_is_nobody_whom_the_audit_could_name_and_the_log_counts_them()
    {
        var before = app.Log.Lines.Count;
        (await app.SendAsync(null, "POST", $"api/offers/{Guid.NewGuid()}/acceptance", "{}")).Answer.MustRefuse(401, 1012);
        Assert.Contains(app.Log.Lines.Skip(before), line => line == "Access refused: AcceptOffer answered 401 with 1012");
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.ToString() : null;

    private async Task<IReadOnlyList<JsonElement>> LinesAsync(string filter) =>
        [.. (await app.Api.GetAsync($"audit?format=ndjson{filter}")).Must(200).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Two teams, and what the app logs.</summary>
    public sealed class Watched : AccessApp
    {
        internal SaidLines Log { get; } = new();

        protected override void Configure(global::LocalAzure.LocalAzureBuilder builder) => builder.Logging.AddProvider(Log);
    }
}
