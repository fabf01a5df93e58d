using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace VcasFunctions.Settings;

/// <summary>
/// A section without the parts of it that are sections of other folders: its owner doesn't know them, and would report them as misspelt.
/// </summary>
internal sealed class OwnSettings(IConfigurationSection section, IEnumerable<SettingsSection> all) : IConfiguration
{
    /// <inheritdoc/>
    public string? this[string key]
    {
        get => section[key];
        set => section[key] = value;
    }

    /// <inheritdoc/>
    public IConfigurationSection GetSection(string key) => section.GetSection(key);

    /// <inheritdoc/>
    public IEnumerable<IConfigurationSection> GetChildren() =>
        section.GetChildren().Where(child => !all.Any(other => other.IsAt(child.Path)));

    /// <inheritdoc/>
    public IChangeToken GetReloadToken() => section.GetReloadToken();
}
