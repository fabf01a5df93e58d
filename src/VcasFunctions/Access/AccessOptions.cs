namespace VcasFunctions.Access;

/// <summary>Whose tokens are taken: section <c>Vcas:Access</c>.</summary>
public sealed record AccessOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Access";

    /// <summary>Where Entra ID signs people in.</summary>
    public const string Entra = "https://login.microsoftonline.com/";

    /// <summary>The directory (tenant) whose people and applications may come in.</summary>
    public string? TenantId { get; init; }

    /// <summary>This service's own client id: for whom a token must have been made.</summary>
    public string? Audience { get; init; }

    /// <summary>Who signs people in; Entra ID if it is left out.</summary>
    public string? Authority { get; init; }

    /// <summary>The client id with which the web console signs people in; no console if it is left out.</summary>
    public string? ConsoleClientId { get; init; }

    /// <summary>
    /// The applications through which people may come in, by client id: the console, Power Apps' connector, VCAS's own. None means
    /// any application of the directory that somebody consented to. The console's own need not be named.
    /// </summary>
    public IList<string> Clients { get; init; } = [];

    /// <summary>The authority in force, without a slash at its end.</summary>
    public string AuthorityInForce => string.IsNullOrWhiteSpace(Authority) ? $"{Entra}{TenantId}/v2.0" : Authority.TrimEnd('/');

    /// <summary>Where the authority publishes its keys.</summary>
    public string MetadataAddress => $"{AuthorityInForce}/.well-known/openid-configuration";

    /// <summary>Whether people may come in through this application.</summary>
    public bool LetsIn(string client) =>
        Clients.Count == 0 || Clients.Append(ConsoleClientId).Contains(client, StringComparer.OrdinalIgnoreCase);
}
