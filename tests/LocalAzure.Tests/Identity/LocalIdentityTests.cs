using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LocalAzure.Identity;
using LocalAzure.Tests.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LocalAzure.Tests.Identity;

/// <summary>The issuer as a page and as a command line use it, and what it refuses.</summary>
public sealed partial class LocalIdentityTests
{
    private const string Client = "a0000000-0000-4000-8000-000000000003";
    private const string Verifier = "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz";
    private const string Page = "http://127.0.0.1:9/console/";

    private static readonly string[] Settings =
    [
        "--LocalAzure:Identity:AuthoritySetting=App:Authority",
        "--LocalAzure:Identity:TenantId=tenant",
        "--LocalAzure:Identity:Audience=service",
        $"--LocalAzure:Identity:Clients:0={Client}",
        "--LocalAzure:Identity:People:alex:Id=person-1",
        "--LocalAzure:Identity:People:alex:Roles:0=Reader",
        "--LocalAzure:Identity:People:alex:Groups:0=group-1",
        "--LocalAzure:Identity:People:sam:Id=person-2",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_apps_setting_leads_to_the_issuer_before_and_after_it_listens()
    {
        var seen = "";
        await using var app = await StartAsync(configure: builder => seen = builder.Configuration["App:Authority"]);
        var authority = Authority(app);
        Assert.Equal(authority, seen);
        Assert.Equal($"{app.Local.Address.GetLeftPart(UriPartial.Authority)}/local/identity/v2.0", authority);
        Assert.Equal(authority, app.Host.Services.GetRequiredService<IConfiguration>().GetSection("App").Get<Bound>()!.Authority);
        Assert.Equal(authority, (await DiscoveryAsync(app)).GetProperty("issuer").GetString());
    }

    [Fact]
    public async Task The_apps_own_setting_goes_first()
    {
        await using var app = await StartAsync(more: "--App:Authority=https://elsewhere.example");
        Assert.Equal("https://elsewhere.example", Authority(app));
    }

    [Fact]
    public async Task A_command_line_is_given_a_token_in_the_shape_of_Entras()
    {
        await using var app = await StartAsync();
        var token = await TokenAsync(app, "alex");
        var read = new JsonWebToken(token);
        Assert.Equal(("JWT", "RS256"), (read.Typ, read.Alg));
        Assert.Equal(
            (Authority(app), "service", "tenant", "person-1", "2.0", "access_as_user"),
            (
                read.Issuer,
                read.Audiences.Single(),
                read.GetClaim("tid").Value,
                read.GetClaim("oid").Value,
                read.GetClaim("ver").Value,
                read.GetClaim("scp").Value));
        Assert.Equal(["Reader"], read.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        Assert.Equal(["group-1"], read.Claims.Where(claim => claim.Type == "groups").Select(claim => claim.Value));
        Assert.Equal(TimeSpan.FromHours(1), read.ValidTo - read.ValidFrom);
        await MustBeSignedByAsync(app, token);
    }

    [Theory]
    [InlineData("local/identity/token")]
    [InlineData("local/identity/token?role=nobody")]
    public async Task A_command_line_that_names_nobody_is_told_who_there_is(string path)
    {
        await using var app = await StartAsync();
        using var answer = await app.Client.PostAsync(path, null, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("alex, sam", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_signs_somebody_in_by_code_and_proof_key_and_renews_it()
    {
        await using var app = await StartAsync();
        var choices = await app.GetAsync(Authorize());
        Assert.Contains("This is a developer's machine", choices, StringComparison.Ordinal);
        Assert.Contains("value=\"sam\"", choices, StringComparison.Ordinal);

        var back = await SignInAsync(app, Authorize(), "alex");
        Assert.StartsWith(Page, back, StringComparison.Ordinal);
        Assert.Contains("state=s%3C1", back, StringComparison.OrdinalIgnoreCase);
        var tokens = await RedeemAsync(app, CodeOf(back), Verifier);
        Assert.Equal("person-1", new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("oid").Value);
        // What is left of the hour when the answer is written, by the machine's own clock.
        Assert.InRange(tokens.GetProperty("expires_in").GetInt32(), 3_540, 3_600);
        await MustBeSignedByAsync(app, tokens.GetProperty("access_token").GetString()!);
        var id = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal((Client, "n1", "alex"), (id.Audiences.Single(), id.GetClaim("nonce").Value, id.GetClaim("name").Value));

        var renewed = await PostAsync(
            app,
            ("grant_type", "refresh_token"),
            ("client_id", Client),
            ("refresh_token", tokens.GetProperty("refresh_token").GetString()!));
        Assert.Equal("person-1", new JsonWebToken(renewed.GetProperty("access_token").GetString()).GetClaim("oid").Value);
    }

    [Theory]
    [InlineData("--LocalAzure:Clock:Speed=30240")]
    [InlineData("--LocalAzure:Clock:Start=2019-07-01T09:00:00Z")]
    [InlineData("--LocalAzure:Clock:Start=2044-07-01T09:00:00Z")]
    public async Task Codes_tokens_and_renewals_live_by_the_clock_on_the_wall_however_this_process_s_own_goes(string clock)
    {
        await using var app = await StartAsync(more: clock);
        var code = CodeOf(await SignInAsync(app, Authorize(), "sam"));
        await AdvanceAsync(app);
        var tokens = await RedeemAsync(app, code, Verifier);
        await AdvanceAsync(app);
        var renewed = await PostAsync(
            app,
            ("grant_type", "refresh_token"),
            ("client_id", Client),
            ("refresh_token", tokens.GetProperty("refresh_token").GetString()!));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var given in new[] { tokens, renewed })
        {
            Assert.InRange(given.GetProperty("expires_in").GetInt32(), 3_000, 3_600);
            Assert.InRange(
                new JsonWebToken(given.GetProperty("access_token").GetString()).ValidTo - now,
                TimeSpan.FromMinutes(50),
                TimeSpan.FromMinutes(61));
        }

        Assert.InRange(new JsonWebToken(await TokenAsync(app, "alex")).ValidTo - now, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        Assert.Equal("invalid_grant", (await RedeemAsync(app, code, Verifier)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_code_is_redeemed_once()
    {
        await using var app = await StartAsync();
        var code = CodeOf(await SignInAsync(app, Authorize(), "alex"));
        Assert.Equal("invalid_grant", (await RedeemAsync(app, code, new string('x', 50))).GetProperty("error").GetString());
        Assert.True(
            (await RedeemAsync(app, code, Verifier)).TryGetProperty("access_token", out _), "Whoever had no proof key used the code up.");

        var again = await RedeemAsync(app, code, Verifier);
        Assert.Equal("invalid_grant", again.GetProperty("error").GetString());
        Assert.False(again.TryGetProperty("access_token", out _));
        Assert.True(
            (await RedeemAsync(app, CodeOf(await SignInAsync(app, Authorize(), "alex")), Verifier)).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Of_many_who_redeem_one_code_at_once_one_gets_a_token()
    {
        await using var app = await StartAsync();
        var code = CodeOf(await SignInAsync(app, Authorize(), "alex"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RedeemAsync(app, code, Verifier)));
        Assert.Single(answers, answer => answer.TryGetProperty("access_token", out _));
    }

    [Fact]
    public void What_was_redeemed_is_forgotten_when_the_code_has_run_out()
    {
        var time = new FakeTimeProvider();
        var redeemed = new RedeemedCodes(time);
        var until = time.GetUtcNow().AddMinutes(5);
        Assert.True(redeemed.TryRedeem("one", until));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(redeemed.TryRedeem("one", until));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(redeemed.TryRedeem("two", time.GetUtcNow().AddMinutes(5)));
        Assert.Equal(1, redeemed.Count);
    }

    [Fact]
    public async Task A_code_without_its_proof_key_is_worth_nothing()
    {
        await using var app = await StartAsync();
        var code = CodeOf(await SignInAsync(app, Authorize(), "alex"));
        Assert.Equal("invalid_grant", (await RedeemAsync(app, code, new string('x', 50))).GetProperty("error").GetString());
        Assert.Equal("invalid_grant", (await RedeemAsync(app, code + "x", Verifier)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/")]
    [InlineData("redirect_uri", "http://127.0.0.1.evil.example/")]
    [InlineData("redirect_uri", "")]
    [InlineData("client_id", "a0000000-0000-4000-8000-00000000000f")]
    [InlineData("code_challenge", "")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("response_type", "token")]
    public async Task A_request_that_would_hand_a_token_to_another_page_gets_none(string parameter, string value)
    {
        await using var app = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Client.BaseAddress };
        using var answer = await http.GetAsync($"{Authorize(parameter, value)}&person=alex", Cancellation);
        var location = answer.Headers.Location?.OriginalString ?? "";
        Assert.True(
            answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
                || location.Contains("error=", StringComparison.Ordinal),
            $"{answer.StatusCode} {location}");
        Assert.DoesNotContain("code=", location, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_request_says_is_shown_as_text()
    {
        await using var app = await StartAsync();
        var page = await app.GetAsync(Authorize("state", "\"><script>alert(1)</script>"));
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_its_owners_alone_and_tokens_outlive_a_restart()
    {
        var folder = TestApp.NewFolder();
        try
        {
            string token;
            await using (var app = await StartAsync(folder: folder)) token = await TokenAsync(app, "alex");
            var file = Path.Combine(folder, "identity.pem");
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            await using var again = await StartAsync(folder: folder);
            await MustBeSignedByAsync(again, token, anyIssuer: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Without_people_or_without_the_look_inside_there_is_no_issuer()
    {
        await using var nobody = await TestApp.StartAsync(typeof(Nothing));
        await using var shut = await StartAsync(more: "--LocalAzure:Console=false");
        foreach (var app in new[] { nobody, shut })
        {
            Assert.Equal(
                HttpStatusCode.NotFound, (await app.Client.PostAsync("local/identity/token?role=alex", null, Cancellation)).StatusCode);
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await app.Client.GetAsync("local/identity/v2.0/.well-known/openid-configuration", Cancellation)).StatusCode);
        }
    }

    private sealed class Bound
    {
        public string? Authority { get; set; }
    }

    public sealed class Nothing
    {
        [Function("Nothing")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "nothing")] HttpRequest request) => Results.Ok();
    }
}
