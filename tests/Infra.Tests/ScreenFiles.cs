using YamlDotNet.RepresentationModel;

namespace Infra.Tests;

/// <summary>The officers' screens for Power Apps, read as their tests need them.</summary>
internal static class ScreenFiles
{
    public static readonly IReadOnlyList<string> Files =
        [.. Directory.EnumerateFiles(Repository.PathOf("infra/powerapps"), "*.pa.yaml")
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order()];

    public static readonly IReadOnlyList<(string Place, string Text)> Formulas = [.. Files.SelectMany(
        file => FormulasOf(Root(file), file))];

    public static readonly string Together = string.Join('\n', Formulas.Select(formula => formula.Text));

    public static YamlMappingNode Root(string file)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Repository.TextOf(file));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public static IEnumerable<(string Place, string Text)> FormulasOf(YamlNode node, string place) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(child => FormulasOf(child.Value, $"{place}.{child.Key}")),
        YamlSequenceNode list => list.Children.SelectMany(child => FormulasOf(child, place)),
        YamlScalarNode { Value: ['=', ..] text } => [(place, text)],
        _ => [],
    };

    // Screens and controls: whatever has children or a type.
    public static IEnumerable<string> ControlsOf(YamlNode node, string name = "") => node switch
    {
        YamlMappingNode map => (map.Children.ContainsKey("Control") || map.Children.ContainsKey("Children") ? new[] { name } : [])
            .Concat(map.Children.SelectMany(child => ControlsOf(child.Value, ((YamlScalarNode)child.Key).Value!))),
        YamlSequenceNode list => list.Children.SelectMany(child => ControlsOf(child, name)),
        _ => [],
    };
}
