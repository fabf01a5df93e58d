using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shared;
using VcasFunctions.Access;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Access;

/// <summary>
/// An app with two teams, north and south, each with a call-back team of its own, and tokens of whatever kind for it: right
/// ones, signed with the local issuer's key, and wrong ones, each wrong in one thing.
/// </summary>
public class AccessApp : IAsyncLifetime
{
    public const string North = "d0000000-0000-4000-8000-000000000001";
    public const string South = "d0000000-0000-4000-8000-000000000002";
    public const string NorthCalls = "d0000000-0000-4000-8000-000000000003";
    public const string SouthCalls = "d0000000-0000-4000-8000-000000000004";
    public const string Person = "f0000000-0000-4000-8000-000000000001";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly string[] more;

    public AccessApp() : this([])
    {
    }

    /// <summary>With further settings.</summary>
    protected AccessApp(params string[] more) => this.more = more;

    public RunningApp App { get; private set; } = null!;

    /// <summary>Somebody who may do all, to bring households about.</summary>
    public Api Api { get; private set; } = null!;

    /// <summary>The settings in force.</summary>
    public AccessOptions Options => App.Services.GetRequiredService<IOptions<AccessOptions>>().Value;

    /// <summary>The groups of a role's own people in the north, or in the south.</summary>
    public static string[] GroupsOf(Role role, bool north = true) =>
        role == Role.Caller ? [north ? NorthCalls : SouthCalls] : [north ? North : South];

    public async ValueTask InitializeAsync()
    {
        string[] settings =
        [
            "Vcas:Notifications:Enabled=false",
            $"Vcas:Teams:north:GroupId={North}",
            "Vcas:Teams:north:CallBackTeam=north-calls",
            "Vcas:Teams:north:Deputy=f0000000-0000-4000-8000-00000000000d",
            $"Vcas:CallBackTeams:north-calls:GroupId={NorthCalls}",
            $"Vcas:Teams:south:GroupId={South}",
            "Vcas:Teams:south:CallBackTeam=south-calls",
            $"Vcas:CallBackTeams:south-calls:GroupId={SouthCalls}",
            .. new[] { North, South, NorthCalls, SouthCalls }
                .Select((group, i) => $"LocalAzure:Identity:People:{Someone.WhoMayDoAll}:Groups:{i + 1}={group}"),
            .. more,
        ];
        App = await RunningApp.StartAsync(Given.Clock(), configure: Configure, settings: settings);
        Api = new Api(App);
        // The issuer makes its key with the first token; only then can it be read.
        await Api.GetAsync("me");
    }

    /// <summary>A token as the issuer makes it, but for what <paramref name="change"/> changes.</summary>
    public string Token(IEnumerable<Role> roles, IEnumerable<string> groups, Action<SecurityTokenDescriptor>? change = null)
    {
        var now = App.Clock.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Options.AuthorityInForce,
            Audience = Options.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddHours(1),
            SigningCredentials = Credentials(IssuersKey()),
            Claims = new Dictionary<string, object>
            {
                ["tid"] = Options.TenantId!,
                ["oid"] = Person,
                ["azp"] = Options.ConsoleClientId!,
                ["scp"] = "access_as_user",
                ["roles"] = roles.Select(role => role.ToString()).ToArray(),
                ["groups"] = groups.ToArray(),
                ["ver"] = "2.0",
            },
        };
        change?.Invoke(token);
        return Handler.CreateToken(token);
    }

    /// <summary>Sends a request with a token, or without any sign-in.</summary>
    public async Task<(ApiAnswer Answer, string? Challenge)> SendAsync(
        string? token, string method, string path, object? body = null, string contentType = "application/json")
    {
        using var http = new HttpClient(new AsDescribed(new SocketsHttpHandler())) { BaseAddress = App.Http.BaseAddress };
        if (token is not null) http.DefaultRequestHeaders.Add("Authorization", token.Contains(' ') ? token : $"Bearer {token}");
        // Whoever opens a household says why.
        if (method == "GET" && System.Text.RegularExpressions.Regex.IsMatch(
            path, "api/offers/[^/?]+(/export)?$", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            path += "?reason=audit";
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(
                body as string ?? System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, contentType);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            new ApiAnswer(
                (int)answer.StatusCode,
                answer.Content.Headers.ContentType?.MediaType,
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)),
            answer.Headers.WwwAuthenticate.FirstOrDefault()?.ToString());
    }

    /// <summary>A key that signs as the local issuer does.</summary>
    public RsaSecurityKey IssuersKey()
    {
        var options = App.Services.GetRequiredService<IOptions<global::LocalAzure.LocalAzureOptions>>().Value;
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(options.Identity.KeyFile!));
        return new RsaSecurityKey(rsa) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..20] };
    }

    public static SigningCredentials Credentials(SecurityKey key, string algorithm = SecurityAlgorithms.RsaSha256) =>
        new(key, algorithm) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };

    /// <summary>A test's own parts.</summary>
    protected virtual void Configure(global::LocalAzure.LocalAzureBuilder builder)
    {
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Api.Dispose();
        await App.DisposeAsync();
    }
}
