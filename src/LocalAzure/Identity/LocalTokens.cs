using LocalAzure.Time;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LocalAzure.Identity;

/// <summary>Makes access tokens in the shape of Entra ID's version 2, for the people that the configuration names.</summary>
internal sealed class LocalTokens(IOptions<LocalAzureOptions> options, HttpAddress address, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly Lazy<RsaSecurityKey> key = new(() => SigningKeyFile.Read(
        options.Value.Identity.KeyFile ?? Path.Combine(Path.GetFullPath(options.Value.Data), "identity.pem")));

    public LocalIdentityOptions Options => options.Value.Identity;

    /// <summary>
    /// What tokens live by: browsers count their minutes by the wall, however fast this process's time runs. Entra ID's do the same.
    /// </summary>
    public TimeProvider Clock { get; } = LocalClock.WallOf(time);

    public RsaSecurityKey Key => key.Value;

    /// <summary>The person of this short name, or null.</summary>
    public LocalPersonOptions? Find(string? name) => name is null
        ? null
        : Options.People.FirstOrDefault(person => string.Equals(person.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>An access token.</summary>
    /// <param name="person">For whom.</param>
    /// <param name="client">The client id of the page that asked.</param>
    public string Make(LocalPersonOptions person, string client)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["tid"] = Options.TenantId,
            ["oid"] = person.Id,
            ["sub"] = person.Id,
            ["azp"] = client,
            ["scp"] = "access_as_user",
            ["roles"] = person.Roles.ToArray(),
            ["groups"] = person.Groups.ToArray(),
            ["uti"] = Guid.NewGuid().ToString("N"),
            ["ver"] = "2.0",
        };
        if (person.Name is { Length: > 0 } name) claims["name"] = name;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = address.Issuer,
            Audience = Options.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(Options.TokenMinutes),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
            Claims = claims,
        });
    }
}
