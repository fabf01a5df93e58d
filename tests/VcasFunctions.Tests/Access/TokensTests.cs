using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shared;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Tests.Access;

/// <summary>Tokens of Entra ID in both versions, its keys as they change, and what a passed token's memory may not do.</summary>
public sealed class TokensTests : IDisposable
{
    private const string Tenant = "a0000000-0000-4000-8000-000000000001";
    private const string Audience = "a0000000-0000-4000-8000-000000000002";
    private const string V2 = $"https://login.microsoftonline.com/{Tenant}/v2.0";
    private const string V1 = $"https://sts.windows.net/{Tenant}/";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly FakeTimeProvider clock = Given.Clock();
    private readonly FakeEntra entra = new();
    private readonly Tokens tokens;

    public TokensTests() => tokens = new Tokens(
        Options.Create(new AccessOptions { TenantId = Tenant, Audience = Audience }), clock, entra);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_of_version_2_and_of_version_1_is_known()
    {
        foreach (var token in new[]
        {
            Token(V2, Audience, ("azp", "x"), ("ver", "2.0")),
            Token(V1, $"api://{Audience}", ("appid", "x"), ("ver", "1.0")),
        })
        {
            var person = await tokens.ReadAsync(token);
            Assert.NotNull(person);
            Assert.Equal("f0000000-0000-4000-8000-00000000000a", person.Id);
            Assert.Equal([Role.Caller], person.Roles);
            Assert.Contains("B0000000-0000-4000-8000-00000000000B", person.Groups);
        }
    }

    [Fact]
    public async Task A_token_that_passed_while_the_clock_ran_ahead_is_not_believed_until_then()
    {
        var right = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromDays(30));
        var token = Token(V2, Audience, ("azp", "x"), ("ver", "2.0"));
        Assert.NotNull(await tokens.ReadAsync(token));
        clock.AdjustTime(right);
        Assert.Null(await tokens.ReadAsync(token));
    }

    [Fact]
    public async Task An_application_by_itself_is_known_by_its_roles() =>
        Assert.Equal(
            [Role.Vcas], (await tokens.ReadAsync(Token(V2, Audience, ("azp", "x"), ("idtyp", "app"), ("roles", new[] { "Vcas" }))))!.Roles);

    [Theory]
    [InlineData("officer")]
    [InlineData("0")]
    [InlineData("Officer,Supervisor")]
    [InlineData("Everything")]
    [InlineData("")]
    public async Task What_is_no_app_role_of_ours_gives_no_role(string name) =>
        Assert.Empty((await tokens.ReadAsync(Token(V2, Audience, ("azp", "x"), ("roles", new[] { name }))))!.Roles);

    [Fact]
    public async Task An_id_token_opens_nothing() =>
        Assert.Null(await tokens.ReadAsync(Token(V2, Audience, ("azp", "x"), ("nonce", "n"))));

    [Fact]
    public async Task A_token_that_passed_is_remembered_and_not_beyond_its_end()
    {
        var token = Token(V2, Audience, ("azp", "x"));
        Assert.NotNull(await tokens.ReadAsync(token));
        Assert.Same(await tokens.ReadAsync(token), await tokens.ReadAsync(token));

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await tokens.ReadAsync(token));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await tokens.ReadAsync(token));
    }

    [Fact]
    public async Task A_new_key_is_fetched_and_an_old_one_forgotten_with_it()
    {
        var old = Token(V2, Audience, ("azp", "x"));
        Assert.NotNull(await tokens.ReadAsync(old));

        entra.ChangeKey();
        var renewed = Token(V2, Audience, ("azp", "x"));
        await Eventually.HoldsAsync(async () => await tokens.ReadAsync(renewed) is not null, "the new key to be fetched", Cancellation);

        // What passed before is believed for minutes, and no longer.
        clock.Advance(Tokens.Remembered);
        Assert.Null(await tokens.ReadAsync(old));
    }

    [Fact]
    public async Task While_the_keys_cannot_be_had_it_is_said_so_and_nobody_is_let_in()
    {
        entra.IsAway = true;
        var refused = await Assert.ThrowsAsync<ProblemException>(() => tokens.ReadAsync(Token(V2, Audience, ("azp", "x"))));
        Assert.Equal((503, 9003), (refused.Problem.Status, refused.Problem.Code));

        entra.IsAway = false;
        Assert.NotNull(await tokens.ReadAsync(Token(V2, Audience, ("azp", "x"))));
    }

    public void Dispose()
    {
        tokens.Dispose();
        entra.Dispose();
    }

    private string Token(string issuer, string audience, params (string Name, object Value)[] claims)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var all = new Dictionary<string, object>
        {
            ["tid"] = Tenant,
            ["oid"] = "F0000000-0000-4000-8000-00000000000A",
            ["roles"] = new[] { "Caller" },
            ["groups"] = new[] { "b0000000-0000-4000-8000-00000000000b" },
        };
        foreach (var (name, value) in claims) all[name] = value;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddHours(1),
            SigningCredentials = AccessApp.Credentials(entra.Key),
            Claims = all,
        });
    }

    /// <summary>Answers what Entra ID publishes: its description and its keys.</summary>
    private sealed class FakeEntra : HttpMessageHandler, IHttpClientFactory
    {
        private int number;

        public RsaSecurityKey Key { get; private set; } = new(RSA.Create(2048)) { KeyId = "key0" };

        public bool IsAway { get; set; }

        public void ChangeKey() => Key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = $"key{++number}" };

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsAway) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
            object answer = request.RequestUri!.AbsolutePath.EndsWith("/keys", StringComparison.Ordinal)
                ? new { keys = new[] { JsonWebKeyOf(Key) } }
                : new { issuer = V2, jwks_uri = "https://login.microsoftonline.com/keys" };
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(answer)) });
        }

        private static object JsonWebKeyOf(RsaSecurityKey key)
        {
            var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
            return new
            {
                kty = "RSA",
                use = "sig",
                kid = key.KeyId,
                n = Base64UrlEncoder.Encode(parameters.Modulus),
                e = Base64UrlEncoder.Encode(parameters.Exponent),
            };
        }
    }
}
