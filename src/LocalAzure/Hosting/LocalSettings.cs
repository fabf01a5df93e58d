using Microsoft.Extensions.Configuration;

namespace LocalAzure.Hosting;

/// <summary>
/// <c>local.settings.json</c> as the Core Tools read it: <c>Values</c> become settings (<c>__</c> for a colon),
/// <c>ConnectionStrings</c> keep their section, <c>Host:LocalHttpPort</c> is the port. An environment variable goes first.
/// </summary>
internal static class LocalSettings
{
    public static IEnumerable<KeyValuePair<string, string?>> Read(IConfiguration configuration, string contentRoot)
    {
        if (AppFile.Find("local.settings.json", configuration, contentRoot) is not { } file) return [];
        var content = new ConfigurationBuilder().AddJsonFile(AppFile.Checked(file), optional: false, reloadOnChange: false).Build();
        if (string.Equals(content["IsEncrypted"], "true", StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException(
                $"'{file}' is encrypted, and only the tool that encrypted it can read it: decrypt it (func settings decrypt).");

        var settings = Leaves(content.GetSection("Values"), string.Empty)
            .Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value))
            .Concat(Leaves(content.GetSection("ConnectionStrings"), "ConnectionStrings:"))
            .ToList();
        if (content["Host:LocalHttpPort"] is { } port) settings.Insert(0, KeyValuePair.Create("LocalAzure:Http:Port", (string?)port));
        return settings.DistinctBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
    }

    // A value's name may hold colons itself, which the JSON reader takes for levels.
    private static IEnumerable<KeyValuePair<string, string?>> Leaves(IConfigurationSection section, string prefix) => section
        .AsEnumerable(makePathsRelative: true)
        .Where(pair => pair.Value is not null && pair.Key.Length > 0)
        .Select(pair => KeyValuePair.Create(prefix + pair.Key, pair.Value));
}
