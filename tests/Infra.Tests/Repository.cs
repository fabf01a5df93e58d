using System.Runtime.CompilerServices;

namespace Infra.Tests;

/// <summary>Files of this repository, where they stand.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Snapshots { get; } = PathOf("tests/Infra.Tests/Snapshots");

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string TextOf(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Every source file of the app, in one text.</summary>
    public static string AppSource { get; } = string.Join(
        '\n',
        Directory.EnumerateFiles(PathOf("src/VcasFunctions"), "*.cs", SearchOption.AllDirectories).Where(IsOurs).Select(File.ReadAllText));

    private static bool IsOurs(string file) => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
