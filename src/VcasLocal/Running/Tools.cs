namespace VcasLocal.Running;

/// <summary>Programs that what is printed speaks of.</summary>
internal static class Tools
{
    /// <summary>Whether a program of this name can be started.</summary>
    public static bool Has(string name, string? path) => (path ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".exe")));
}
