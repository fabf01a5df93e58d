using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>
/// Stops the start when nobody could sign in, or when the wrong ones could. Two authorities are taken: Entra ID, and while the
/// app is being developed one on this very machine. There is no setting that turns sign-in off.
/// </summary>
public sealed class AccessOptionsValidator(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<VcasOptions>
{
    // Azure sets these for every app; anyone who has them is not on a developer's machine.
    private static readonly string[] SetByAzure = ["WEBSITE_SITE_NAME", "WEBSITE_INSTANCE_ID", "WEBSITE_SKU"];

    private bool IsDevelopersMachine => environment.IsDevelopment() && SetByAzure.All(name => string.IsNullOrEmpty(configuration[name]));

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, VcasOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(VcasOptions options)
    {
        var access = options.Access;
        if (!DirectoryId.Is(access.TenantId))
            yield return "Vcas:Access:TenantId must be the directory's id, a GUID: nobody could sign in.";
        if (!DirectoryId.Is(access.Audience))
            yield return "Vcas:Access:Audience must be the client id of this service's registration, a GUID: nobody could sign in.";
        if (access.ConsoleClientId is not null && !DirectoryId.Is(access.ConsoleClientId))
            yield return "Vcas:Access:ConsoleClientId must be a client id, a GUID.";
        for (var i = 0; i < access.Clients.Count; i++)
        {
            if (!DirectoryId.Is(access.Clients[i])) yield return $"Vcas:Access:Clients:{i} must be a client id, a GUID.";
        }

        if (AuthorityFault(access) is { } fault) yield return fault;
        foreach (var (setting, group) in Groups(options))
        {
            if (group is not null && !DirectoryId.Is(group)) yield return $"{setting} must be the object id of a group, a GUID.";
        }
    }

    private string? AuthorityFault(AccessOptions access)
    {
        var authority = access.AuthorityInForce;
        if (authority.StartsWith($"{AccessOptions.Entra}{access.TenantId}/", StringComparison.OrdinalIgnoreCase)) return null;
        var isHere = Uri.TryCreate(authority, UriKind.Absolute, out var uri) && uri is { IsLoopback: true, Scheme: "http" or "https" };
        if (!isHere) return $"Vcas:Access:Authority must begin with {AccessOptions.Entra} and the directory's id.";
        return IsDevelopersMachine ? null : "Vcas:Access:Authority lies on this machine. That is for development alone: leave it out.";
    }

    private static IEnumerable<(string Setting, string? Group)> Groups(VcasOptions options) =>
        options.Teams.Select(team => ($"Vcas:Teams:{team.Key}:GroupId", team.Value.GroupId))
            .Concat(options.CallBackTeams.Select(team => ($"Vcas:CallBackTeams:{team.Key}:GroupId", team.Value.GroupId)))
            .Append(("Vcas:OtherTeams:GroupId", options.OtherTeams?.GroupId));
}
