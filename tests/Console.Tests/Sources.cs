using System.Text.Json.Nodes;

namespace VcasFunctions.ConsoleTests;

/// <summary>The source tree.</summary>
internal static class Sources
{
    /// <summary>Whether the pictures in docs/screens are to be taken anew.</summary>
    public static bool AreScreensToBeWritten => Environment.GetEnvironmentVariable("VCAS_WRITE_SCREENS") == "1";

    private static string Root { get; } = Find();

    /// <summary>Every text of the pages.</summary>
    public static JsonNode Texts { get; } = JsonNode.Parse(File.ReadAllText(Path("src/VcasConsole/web/texts.en.json")))!;

    /// <summary>A path from the root.</summary>
    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    /// <summary>The text at a path such as <c>record.title</c>.</summary>
    public static string Text(string path, params (string Name, string Value)[] values)
    {
        var found = (string)path.Split('.').Aggregate(Texts, (node, step) => node[step]!)!;
        return values.Aggregate(found, (text, value) => text.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal));
    }

    /// <summary>The console's own files, by name, with their text.</summary>
    public static IEnumerable<(string Name, string Text)> WebFiles(params string[] patterns) =>
        from pattern in patterns
        from file in Directory.EnumerateFiles(Path("src/VcasConsole/web"), pattern, SearchOption.AllDirectories)
        select (System.IO.Path.GetFileName(file), File.ReadAllText(file));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "VcasFunctions.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the source tree.");
    }
}
