using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>
/// Stops the start when nobody could sign in, or when the wrong ones could. Two authorities are taken: Entra ID, and while the
/// app is being developed one on this very machine. There is no setting that turns sign-in off.
/// </summary>
public sealed class AccessOptionsValidator(IConfiguration configuration, IHostEnvironment environment) : SettingsValidator<AccessOptions>
{
    // Azure sets these for every app; anyone who has them is not on a developer's machine.
    private static readonly string[] SetByAzure = ["WEBSITE_SITE_NAME", "WEBSITE_INSTANCE_ID", "WEBSITE_SKU"];

    private bool IsDevelopersMachine => environment.IsDevelopment() && SetByAzure.All(name => string.IsNullOrEmpty(configuration[name]));

    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(AccessOptions options)
    {
        if (!DirectoryId.Is(options.TenantId))
            yield return "Vcas:Access:TenantId must be the directory's id, a GUID: nobody could sign in.";
        if (!DirectoryId.Is(options.Audience))
            yield return "Vcas:Access:Audience must be the client id of this service's registration, a GUID: nobody could sign in.";
        if (options.ConsoleClientId is not null && !DirectoryId.Is(options.ConsoleClientId))
            yield return "Vcas:Access:ConsoleClientId must be a client id, a GUID.";
        for (var i = 0; i < options.Clients.Count; i++)
        {
            if (!DirectoryId.Is(options.Clients[i])) yield return $"Vcas:Access:Clients:{i} must be a client id, a GUID.";
        }

        if (AuthorityFault(options) is { } fault) yield return fault;
    }

    private string? AuthorityFault(AccessOptions access)
    {
        var authority = access.AuthorityInForce;
        if (authority.StartsWith($"{AccessOptions.Entra}{access.TenantId}/", StringComparison.OrdinalIgnoreCase)) return null;
        var isHere = Uri.TryCreate(authority, UriKind.Absolute, out var uri) && uri is { IsLoopback: true, Scheme: "http" or "https" };
        if (!isHere) return $"Vcas:Access:Authority must begin with {AccessOptions.Entra} and the directory's id.";
        return IsDevelopersMachine ? null : "Vcas:Access:Authority lies on this machine. That is for development alone: leave it out.";
    }
}
