namespace LocalAzure.Identity;

/// <summary>The issuer of tokens: section <c>LocalAzure:Identity</c>. Without people there is none.</summary>
public sealed class LocalIdentityOptions
{
    /// <summary>
    /// The name of the app's setting that says who signs people in; it is given this issuer's address unless the
    /// app's own settings give it.
    /// </summary>
    public string? AuthoritySetting { get; set; }

    /// <summary>The directory's id, the tokens' <c>tid</c>.</summary>
    public string TenantId { get; set; } = string.Empty;

    /// <summary>For whom access tokens are made, their <c>aud</c>.</summary>
    public string Audience { get; set; } = string.Empty;

    /// <summary>Client ids of pages that may sign people in.</summary>
    public IList<string> Clients { get; set; } = [];

    /// <summary>Who can be chosen, by a short name.</summary>
    public IDictionary<string, LocalPersonOptions> People { get; set; } = new Dictionary<string, LocalPersonOptions>(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Minutes for which a token holds, by the clock on the wall.</summary>
    public int TokenMinutes { get; set; } = 60;

    /// <summary>The file of the key that signs; <c>identity.pem</c> in the data folder when null.</summary>
    public string? KeyFile { get; set; }
}

/// <summary>Somebody who can be chosen.</summary>
public sealed class LocalPersonOptions
{
    /// <summary>The object id, the tokens' <c>oid</c>.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>
    /// The name that the directory shows, the tokens' <c>name</c>; where it is null no token has one, and the directory gives none.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>App roles.</summary>
    public IList<string> Roles { get; set; } = [];

    /// <summary>Object ids of groups.</summary>
    public IList<string> Groups { get; set; } = [];
}
