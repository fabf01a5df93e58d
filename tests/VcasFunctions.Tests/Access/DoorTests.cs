using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using VcasFunctions.Access;
using VcasFunctions.Description;
using VcasFunctions.Tests.BadInput;

namespace VcasFunctions.Tests.Access;

/// <summary>Every route against every token that isn't to be believed, against every role, and against another team's household.</summary>
public sealed class DoorTests(AccessApp app) : IClassFixture<AccessApp>
{
    private static readonly Role[] EveryRole = Enum.GetValues<Role>();

    // What each function takes, and gives a right answer or one about the household's state to.
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["RecordOffer"] = """{"answer":"declined","team":"north","contact":{"phone":"07700 900123"}}""",
        ["SearchOffers"] = """{"phone":"07700 900123","reason":"dataSubjectRequest"}""",
        ["AcceptOffer"] = "{}",
        ["ChangeContact"] = """{"phone":"07700 900456"}""",
        ["CorrectDetails"] = """{"risks":["violence"]}""",
        ["ReopenOffer"] = """{"reason":"closedInError"}""",
        ["RecordDanger"] = """{"risks":["selfHarm"]}""",
        ["RecordDangerAction"] = """{"action":"welfareCheck"}""",
        ["RecordWelfareContact"] = """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be002","outcome":"noAnswer","safetyChecked":true}""",
        ["MergeDuplicate"] = "{}",
        ["RecordAbsence"] = """{"from":"2024-03-11","until":"2024-03-12"}""",
        ["PassOnNumber"] = """{"phone":"07700 900123","said":"wantsCall"}""",
        ["ClosePassedNumber"] = """{"outcome":"notKnown"}""",
        ["WithdrawOffer"] = """{"reason":"moved"}""",
        ["WithdrawDoNotCall"] = """{"reason":"other"}""",
        ["PlaceDisclosureHold"] = """{"reason":"cpia","reviewAt":"2024-06-11T09:00:00Z"}""",
        ["EraseHousehold"] = """{"reason":"other"}""",
        ["RecordAttempt"] = """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"noAnswer","direction":"incoming"}""",
        ["PlaceHold"] = """{"reason":"bailChanged","reviewAt":"2024-03-18T09:00:00Z"}""",
        ["OpenCallHours"] = """{"days":["saturday"],"from":"10:00","to":"12:00"}""",
        ["ReassignCallBack"] = """{"team":"north-calls"}""",
        ["AmendReferral"] = """{"risks":["violence"]}""",
        ["WithdrawReferral"] = """{"reason":"moved"}""",
        ["ImportHistory"] = "reference,offeredAt,answer\nA1,2022-03-04,declined\n",
    };

    public static TheoryData<string> Routes => [.. AppRoute.All.Select(route => $"{route.Method} {route.Template}")];

    public static TheoryData<string> WrongTokens => [.. Wrong.Keys];

    private static Dictionary<string, Func<AccessApp, string?>> Wrong => new()
    {
        ["none"] = _ => null,
        ["an empty one"] = _ => "Bearer ",
        ["another scheme"] = app => $"Basic {Right(app)}",
        ["no token at all"] = _ => "Bearer Zzyzx",
        ["a long one"] = _ => "Bearer " + new string('z', 20_000),
        ["expired"] = app => Right(app, token => Ends(token, app, TimeSpan.FromMinutes(-2))),
        ["not yet valid"] = app => Right(app, token => token.NotBefore = app.App.Clock.GetUtcNow().UtcDateTime.AddMinutes(2)),
        ["without an end"] = app => Right(app, token => token.Expires = null),
        ["of another tenant"] = app => Right(app, token => token.Claims["tid"] = "a0000000-0000-4000-8000-00000000000f"),
        ["of no tenant"] = app => Right(app, token => token.Claims.Remove("tid")),
        ["for another audience"] = app => Right(app, token => token.Audience = "a0000000-0000-4000-8000-00000000000f"),
        ["for no audience"] = app => Right(app, token => token.Audience = null),
        ["from another issuer"] = app =>
            Right(app, token => token.Issuer = "https://login.microsoftonline.com/a0000000-0000-4000-8000-00000000000f/v2.0"),
        ["signed by another key"] = app =>
            Right(app, token => token.SigningCredentials = AccessApp.Credentials(new RsaSecurityKey(RSA.Create(2048)))),
        ["signed by another key under the right id"] = app => Right(app, token =>
            token.SigningCredentials = AccessApp.Credentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = app.IssuersKey().KeyId })),
        ["signed by nobody"] = app => Right(app, token => token.SigningCredentials = null),
        ["signed with the public key as a secret"] = app => Right(app, token => token.SigningCredentials = AccessApp.Credentials(
            new SymmetricSecurityKey(app.IssuersKey().Rsa.ExportSubjectPublicKeyInfo()) { KeyId = app.IssuersKey().KeyId },
            SecurityAlgorithms.HmacSha256)),
        ["signed with a weaker kind"] = app =>
            Right(app, token => token.SigningCredentials = AccessApp.Credentials(app.IssuersKey(), SecurityAlgorithms.RsaSha512)),
        ["with its claims changed afterwards"] = app => Changed(Right(app)),
        ["an id token"] = app => Right(app, token => token.Claims.Remove("azp")),
        ["of nobody"] = app => Right(app, token => token.Claims.Remove("oid")),
    };

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task No_route_takes_a_token_that_is_not_to_be_believed(string kind)
    {
        var token = Wrong[kind](app);
        foreach (var route in AppRoute.All)
        {
            var (answer, challenge) = await app.SendAsync(
                token,
                route.Method,
                route.PathFor(Guid.NewGuid().ToString()),
                Bodies.GetValueOrDefault(route.Function),
                ContentType(route));
            if (AccessMatrix.Table.Of(route.Function).IsOpen)
            {
                answer.Must(200);
                continue;
            }

            answer.MustRefuse(401, 1012);
            Assert.StartsWith("Bearer", challenge, StringComparison.Ordinal);
            Assert.DoesNotContain("Zzyzx", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("_claim_names", "names")]
    [InlineData("hasgroups", "yes")]
    public async Task Whose_groups_do_not_fit_into_the_token_is_told_so_and_does_not_see_an_empty_list(string claim, string value)
    {
        var endpoint = new Dictionary<string, object> { ["endpoint"] = "https://graph.microsoft.com/v1.0/users/x/getMemberObjects" };
        string TokenOf(Role role) => app.Token([role], [], token =>
        {
            token.Claims.Remove("groups");
            token.Claims[claim] = value == "yes" ? "true" : new Dictionary<string, object> { ["groups"] = "src1" };
            if (value != "yes") token.Claims["_claim_sources"] = new Dictionary<string, object> { ["src1"] = endpoint };
        });

        foreach (var (role, method, path) in new[]
        {
            (Role.Caller, "GET", "api/call-backs"), (Role.Supervisor, "GET", "api/referrals"), (Role.Supervisor, "GET", "api/dangers"),
            (Role.Officer, "PUT", $"api/offers/{Guid.NewGuid()}"), (Role.Caller, "GET", $"api/offers/{Guid.NewGuid()}"),
        })
        {
            var (answer, challenge) = await app.SendAsync(TokenOf(role), method, path, method == "PUT" ? Bodies["RecordOffer"] : null);
            answer.MustRefuse(403, 1019);
            Assert.Contains("groups", answer["detail"], StringComparison.Ordinal);
            Assert.Contains("insufficient_scope", challenge, StringComparison.Ordinal);
        }

        // Who reaches all, whatever their teams, is let in.
        (await app.SendAsync(TokenOf(Role.Auditor), "GET", "api/audit")).Answer.Must(200);
        (await app.SendAsync(TokenOf(Role.Supervisor), "GET", "api/reports/uptake")).Answer.Must(200);
        (await app.SendAsync(TokenOf(Role.Caller), "GET", "api/me")).Answer.Must(200);
    }

    [Theory]
    [InlineData("hasgroups", "false")]
    [InlineData("_claim_names", "other")]
    public async Task What_is_said_of_other_claims_says_nothing_of_groups(string claim, string value)
    {
        object said = value == "false" ? "false" : new Dictionary<string, object> { ["wids"] = "src1" };
        var token = app.Token([Role.Caller], AccessApp.GroupsOf(Role.Caller), token => token.Claims[claim] = said);
        (await app.SendAsync(token, "GET", "api/call-backs")).Answer.Must(200);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_lets_in_the_roles_of_its_line_and_no_other(string route)
    {
        var (function, method, path) = Find(route);
        foreach (var role in EveryRole)
        {
            var id = function.EndsWith("PassedNumber", StringComparison.Ordinal) ? await PassedOnAsync() : await HouseholdAsync("north");
            var (answer, challenge) = await app.SendAsync(
                app.Token([role], AccessApp.GroupsOf(role)), method, path(id), Bodies.GetValueOrDefault(function), ContentType(function));
            if (AccessMatrix.Table.Of(function) is { IsOpen: false } line && line.ReachOf(role) == Reach.None)
            {
                answer.MustRefuse(403, 1013);
                Assert.StartsWith("Bearer", challenge, StringComparison.Ordinal);
            }
            else
            {
                // No dead letter has a household's id: it is let in, and finds none.
                var isLetIn = answer.Status is not (401 or 403 or 404 or >= 500)
                    || (function == nameof(Referrals.ReplayAnswer) && answer.Status == 404);
                Assert.True(isLetIn, $"{role} at {route}: {answer.Status} {answer.Text}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Another_teams_household_is_answered_exactly_as_one_that_is_not_there(string route)
    {
        var (function, method, path) = Find(route);
        if (!route.Contains('{', StringComparison.Ordinal) || function is "RecordOffer" or "PassOnNumber") return;
        var id = await HouseholdAsync("north");
        var before = (await app.Api.GetAsync($"offers/{id}")).Must(200).Text;
        foreach (var role in EveryRole.Where(role => AccessMatrix.Table.Of(function).ReachOf(role) == Reach.OwnTeams))
        {
            foreach (var groups in new[] { AccessApp.GroupsOf(role, north: false), [] })
            {
                var token = app.Token([role], groups);
                var (theirs, _) = await app.SendAsync(token, method, path(id), Bodies.GetValueOrDefault(function));
                var (nobodys, _) = await app.SendAsync(token, method, path(Guid.NewGuid()), Bodies.GetValueOrDefault(function));
                theirs.MustRefuse(404, 1006);
                Assert.Equal(nobodys, theirs);
            }
        }

        Assert.Equal(before, (await app.Api.GetAsync($"offers/{id}")).Text);
    }

    [Fact]
    public async Task Somebody_without_any_role_is_let_in_nowhere()
    {
        foreach (var route in AppRoute.All.Where(route => !AccessMatrix.Table.Of(route.Function).IsOpen))
        {
            var (answer, _) = await app.SendAsync(
                app.Token([], [AccessApp.North]),
                route.Method,
                route.PathFor(Guid.NewGuid().ToString()),
                Bodies.GetValueOrDefault(route.Function),
                ContentType(route.Function));
            answer.MustRefuse(403, 1013);
        }
    }

    private static string? Right(AccessApp app) => Right(app, _ => { });

    private static string Right(AccessApp app, Action<SecurityTokenDescriptor> change) =>
        app.Token(EveryRole, [AccessApp.North, AccessApp.NorthCalls], change);

    private static void Ends(SecurityTokenDescriptor token, AccessApp app, TimeSpan from)
    {
        token.Expires = app.App.Clock.GetUtcNow().UtcDateTime + from;
        token.NotBefore = token.IssuedAt = token.Expires.Value.AddHours(-1);
    }

    private static string Changed(string? token)
    {
        var parts = token!.Split('.');
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Base64UrlEncoder.DecodeBytes(parts[1]))!;
        claims["oid"] = JsonSerializer.SerializeToElement("f0000000-0000-4000-8000-00000000000f");
        return $"{parts[0]}.{Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}.{parts[2]}";
    }

    private static (string Function, string Method, Func<Guid, string> Path) Find(string route)
    {
        var found = AppRoute.All.Single(one => $"{one.Method} {one.Template}" == route);
        return (found.Function, found.Method, id => found.PathFor(id.ToString()));
    }

    private static string ContentType(AppRoute route) => ContentType(route.Function);

    private static string ContentType(string function) => function == "ImportHistory" ? "text/csv" : "application/json";

    // By somebody of the north, so that the north's callers see to it.
    private async Task<Guid> PassedOnAsync()
    {
        var (id, token) = (Guid.NewGuid(), app.Token([Role.Officer], [AccessApp.North]));
        var (passed, _) = await app.SendAsync(
            token, "PUT", $"api/passed-numbers/{id}", new { phone = Given.Number(), said = "wantsCall" });
        passed.Must(201);
        return id;
    }

    private Task<Guid> HouseholdAsync(string team) => new Households(app.App, app.Api).DueAsync(Given.DeclinedLongAgo().With("team", team));
}
