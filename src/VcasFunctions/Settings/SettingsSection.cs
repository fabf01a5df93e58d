namespace VcasFunctions.Settings;

/// <summary>A part of the settings that one folder owns.</summary>
/// <param name="Path">Where it stands in configuration, as <c>Vcas:Sweep</c>.</param>
/// <param name="Options">What it is bound to.</param>
/// <param name="Read">Binds and checks it.</param>
internal sealed record SettingsSection(string Path, Type Options, Action<IServiceProvider> Read)
{
    /// <summary>Whether this is the section at a path; configuration doesn't tell small letters from capitals.</summary>
    public bool IsAt(string path) => Path.Equals(path, StringComparison.OrdinalIgnoreCase);
}
