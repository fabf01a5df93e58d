using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace LocalAzure.Hosting;

/// <summary>
/// Stands in for the platform's Key Vault references: a setting <c>@Microsoft.KeyVault(VaultName=…;SecretName=…)</c>, or the
/// same with <c>SecretUri=…</c>, reads as the secret. Secrets are in <c>vault.json</c> of the data folder, which only its owner
/// may read. Other than a genuine vault this one makes a secret that is missing: 32 random bytes in Base64.
/// https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
/// </summary>
internal static partial class LocalVault
{
    private const int SecretBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Puts the secrets in the place of the references to them; they win over every other source.</summary>
    public static void Resolve(ConfigurationManager configuration)
    {
        var wanted = configuration.AsEnumerable()
            .Select(setting => (setting.Key, Secret: SecretOf(setting.Value)))
            .Where(setting => setting.Secret is not null)
            .ToList();
        if (wanted.Count == 0) return;

        var data = configuration[$"{LocalAzureOptions.Section}:{nameof(LocalAzureOptions.Data)}"] ?? new LocalAzureOptions().Data;
        var secrets = Secrets(Path.GetFullPath(data), [.. wanted.Select(setting => setting.Secret!).Distinct(StringComparer.Ordinal)]);
        configuration.AddInMemoryCollection(wanted.Select(setting => KeyValuePair.Create(setting.Key, (string?)secrets[setting.Secret!])));
    }

    private static string? SecretOf(string? value)
    {
        if (value is null || Reference().Match(value) is not { Success: true } reference) return null;
        return reference.Groups["name"].Value;
    }

    /// <summary>One secret of a folder's vault, made if it is missing.</summary>
    public static byte[] Secret(string folder, string name) => Convert.FromBase64String(Secrets(folder, [name])[name]);

    private static Dictionary<string, string> Secrets(string folder, IReadOnlyList<string> names)
    {
        var file = Path.Combine(folder, "vault.json");
        var secrets = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(file))! : [];
        var missing = names.Where(name => !secrets.ContainsKey(name)).ToList();
        if (missing.Count == 0) return secrets;

        foreach (var name in missing) secrets.Add(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)));
        Directory.CreateDirectory(folder);
        Write(file, JsonSerializer.SerializeToUtf8Bytes(secrets));
        return secrets;
    }

    // Whole or not at all: what a lost secret sealed is lost with it.
    private static void Write(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        var draft = file + ".new";
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }

    [GeneratedRegex(
        @"^@Microsoft\.KeyVault\((SecretUri=https://[^/;)]+/secrets/(?<name>[A-Za-z0-9-]{1,127})(/[^;)]*)?"
        + @"|VaultName=[A-Za-z0-9-]+;SecretName=(?<name>[A-Za-z0-9-]{1,127})(;SecretVersion=[A-Za-z0-9]*)?)\)$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
