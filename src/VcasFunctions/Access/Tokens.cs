using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using VcasFunctions.Problems;

namespace VcasFunctions.Access;

/// <summary>
/// Reads access tokens of Entra ID, versions 1 and 2: who signed them, for whom, of which directory, and whether they hold now.
/// A token that passed is remembered by its hash for a few minutes, for to check a signature costs more than the rest of a
/// request's sign-in.
/// </summary>
public sealed class Tokens : IDisposable
{
    /// <summary>How far this clock and the issuer's may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>The name of the clock that tokens live by.</summary>
    public const string Clock = "tokens";

    /// <summary>For how long a token that passed is believed without another look at the keys.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private const int MostRemembered = 10_000;

    // Longer than any of Entra's; a header of the platform ends at 32 KiB.
    private const int Longest = 16 * 1024;

    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(
        role => role.ToString(), StringComparer.Ordinal);

    private readonly AccessOptions access;
    private readonly TimeProvider time;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> keys;
    private readonly TokenValidationParameters parameters;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };
    private readonly MemoryCache passed = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    /// <summary>
    /// Tokens of the authority in force at the start. They live by the issuer's clock, which is the one on the wall, also where the service
    /// itself is made to live by another.
    /// </summary>
    public Tokens(IOptions<AccessOptions> options, [FromKeyedServices(Clock)] TimeProvider time, IHttpClientFactory clients)
    {
        (access, this.time) = (options.Value, time);
        keys = new ConfigurationManager<OpenIdConnectConfiguration>(
            access.MetadataAddress,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(clients.CreateClient(nameof(Tokens)))
            {
                RequireHttps = access.MetadataAddress.StartsWith("https:", StringComparison.Ordinal),
            })
        {
            // Otherwise a key that was withdrawn would be believed for another hour.
            UseLastKnownGoodConfiguration = false,
        };
        parameters = new TokenValidationParameters
        {
            ConfigurationManager = keys,
            ValidIssuers = [access.AuthorityInForce, $"https://sts.windows.net/{access.TenantId}/"],
            ValidAudiences = [access.Audience, $"api://{access.Audience}"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        };
    }

    /// <summary>Who a token speaks for; null if it is not to be believed.</summary>
    /// <exception cref="ProblemException">The authority's keys can't be had: nobody knows whether it is to be believed.</exception>
    public async Task<Person?> ReadAsync(string token)
    {
        if (token.Length > Longest) return null;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (passed.TryGetValue(hash, out Passed? known) && IsBelieved(known!.Until, time.GetUtcNow())) return known.Person;

        await MustHaveKeysAsync();
        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid || PersonOf(result.ClaimsIdentity) is not { } person) return null;
        var now = time.GetUtcNow();
        var until = new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc)) + Skew;
        passed.Set(hash, new Passed(person, until < now + Remembered ? until : now + Remembered), new MemoryCacheEntryOptions { Size = 1 });
        return person;
    }

    // Never for longer than that, even if the clock was put back: the token may have expired long ago.
    private static bool IsBelieved(DateTimeOffset until, DateTimeOffset now) => now < until && until <= now + Remembered;

    /// <inheritdoc/>
    public void Dispose() => passed.Dispose();

    // Kept for hours once they were had, and fetched again when a token names a key that isn't among them.
    private async Task MustHaveKeysAsync()
    {
        try
        {
            await keys.GetConfigurationAsync(CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problem.NoKeys);
        }
    }

    private bool IsNow(DateTime? from, DateTime? to)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return to is { } end && now < end + Skew && (from is not { } start || now >= start - Skew);
    }

    private Person? PersonOf(ClaimsIdentity claims)
    {
        string? One(string type) => claims.FindFirst(type)?.Value;
        // azp in version 2, appid in version 1. An id token says who somebody is to the page that asked with a nonce, and opens nothing.
        if ((One("azp") ?? One("appid")) is not { } client || One("nonce") is not null) return null;
        var isOfTheDirectory = string.Equals(One("tid"), access.TenantId, StringComparison.OrdinalIgnoreCase);
        if (!isOfTheDirectory || One("oid") is not { Length: > 0 and <= 60 } id) return null;
        return new Person(
            id.ToLowerInvariant(),
            claims.FindAll("roles").Where(claim => Roles.ContainsKey(claim.Value)).Select(claim => Roles[claim.Value]).ToHashSet(),
            claims.FindAll("groups").Select(claim => claim.Value).ToHashSet(StringComparer.OrdinalIgnoreCase),
            client)
        {
            HasTooManyGroups = HasTooManyGroups(claims),
            Name = One("name"),
        };
    }

    // More than 200 groups (150, 6) don't fit into a token: in their place it says where they could be asked for, or that there are some.
    private static bool HasTooManyGroups(ClaimsIdentity claims) =>
        claims.FindFirst("hasgroups") is { Value: var has } && !string.Equals(has, "false", StringComparison.OrdinalIgnoreCase)
        || claims.FindAll("_claim_names").Any(names => names.Value.Contains("\"groups\"", StringComparison.Ordinal));

    private sealed record Passed(Person Person, DateTimeOffset Until);
}
