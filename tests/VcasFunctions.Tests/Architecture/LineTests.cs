using System.Globalization;
using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Architecture;

/// <summary>
/// Lines that fit on a screen beside another file, wherever code is written by hand. Nothing vendored and nothing generated is kept in
/// these folders; what is would be named here.
/// </summary>
public sealed partial class LineTests
{
    private static readonly string[] Folders = ["src", "tests", "infra"];
    private static readonly string[] Kinds = [".cs", ".js", ".mjs", ".bicep"];
    private static readonly string[] Made = ["bin", "obj", "node_modules"];

    [Fact]
    public void No_line_is_longer_than_the_editor_s_rule_allows()
    {
        var longest = int.Parse(
            Rule().Match(File.ReadAllText(Path.Combine(Golden.Root, ".editorconfig"))).Groups["length"].Value,
            CultureInfo.InvariantCulture);
        var read = Folders.SelectMany(folder => Files(Path.Combine(Golden.Root, folder))).ToList();
        Assert.All(Kinds, kind => Assert.Contains(read, file => Path.GetExtension(file) == kind));
        var found =
            from file in read
            from line in File.ReadLines(file).Index()
            let length = line.Item.EnumerateRunes().Count()
            where length > longest
            select $"{Path.GetRelativePath(Golden.Root, file)}:{line.Index + 1} has {length} characters";
        Assert.Empty(found.ToList());
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Kinds.Contains(Path.GetExtension(file)))
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Made.Contains(Path.GetFileName(inner))).SelectMany(Files));

    [GeneratedRegex(@"(?m)^\[\*\]\r?\n(?:.+\n)*?max_line_length = (?<length>\d+)\r?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();
}
