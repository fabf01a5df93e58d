using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Architecture;

/// <summary>One file names what another declares.</summary>
/// <param name="From">The file that names it.</param>
/// <param name="Place">Where it does first: itself, or another file of its partial type, with the line.</param>
/// <param name="Name">The type, or the extension method.</param>
/// <param name="To">The file that declares it.</param>
internal sealed record FileArrow(string From, string Place, string Name, string To)
{
    public override string ToString() => $"{Place} names {Name} of {To}";
}

/// <summary>
/// Which files of C# name the types and extension methods of which others, read from their text: comments and literals don't count.
/// It is a reader and no compiler, and relies on the form of these sources: one namespace a file, types at the beginning of a line. The
/// files of a partial type count as one, under the shortest of their names.
/// </summary>
internal sealed partial class FileGraph
{
    private const int Patience = 5000;

    // After any other word, a type's name is the name of a member, a parameter or a local.
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "and", "as", "async", "await", "by", "case", "const", "default", "delegate", "else", "equals", "event",
        "explicit", "extern", "from", "implicit", "in", "internal", "is", "let", "new", "not", "on", "operator", "or", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "required", "return", "scoped", "sealed",
        "select", "static", "this", "throw", "using", "virtual", "volatile", "when", "where", "yield",
    ];

    private readonly List<SourceText> sources;
    private readonly ILookup<string, Declared> types;
    private readonly ILookup<string, Declared> extensions;
    private readonly Dictionary<string, string> homes;

    /// <summary>Reads files, by their paths.</summary>
    public FileGraph(IEnumerable<(string Path, string Text)> files)
    {
        sources = [.. files.Select(file => new SourceText(file.Path, CodeOf(file.Text)))];
        var declared = (
            from source in sources
            from Match type in Type().Matches(source.Code)
            select (Type: new Declared(source.Path, source.Namespace, type.Groups["name"].Value), IsPartial: IsPartial(type))).ToList();
        types = declared.Select(each => each.Type).ToLookup(type => type.Name);
        extensions = (
            from source in sources
            from Match method in Extension().Matches(source.Code)
            select new Declared(source.Path, source.Namespace, method.Groups["name"].Value)).ToLookup(method => method.Name);
        homes = declared.Where(each => each.IsPartial).GroupBy(each => (each.Type.Namespace, each.Type.Name), each => each.Type.Path)
            .SelectMany(parts => parts.Select(part => (Part: part, Home: parts.MinBy(path => path.Length)!)))
            .DistinctBy(part => part.Part).ToDictionary(part => part.Part, part => part.Home);
        Arrows = [.. sources.SelectMany(ArrowsFrom).DistinctBy(arrow => (arrow.From, arrow.To))];
    }

    /// <summary>The first line on which each file names each other.</summary>
    public IReadOnlyList<FileArrow> Arrows { get; }

    /// <summary>The files from each of which a way leads to all others and back, circle by circle.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Circles()
    {
        var known = Arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reached = known.Select(from => from.Key).ToDictionary(file => file, file => ReachedFrom(file, known));
        var circles = new List<IReadOnlyList<string>>();
        foreach (var file in reached.Keys.Order(StringComparer.Ordinal).Where(file => reached[file].Contains(file)))
        {
            if (circles.Exists(found => found.Contains(file))) continue;
            var circle = reached[file].Where(other => reached.TryGetValue(other, out var back) && back.Contains(file));
            circles.Add([.. circle.Order(StringComparer.Ordinal)]);
        }

        return circles;
    }

    /// <summary>A file's text without its comments, and without what stands in literals but for the code in their holes.</summary>
    internal static string CodeOf(string text) => CommentOrLiteral().Replace(text, found =>
    {
        var lines = new string('\n', found.Value.Count(letter => letter == '\n'));
        if (found.Value[0] is '/') return lines;
        return found.Value[0] is '$' ? $" {string.Join(' ', Hole().Matches(found.Value)).ReplaceLineEndings(" ")} {lines}" : $"\"\"{lines}";
    });

    private static HashSet<string> ReachedFrom(string file, ILookup<string, string> known)
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>(known[file]);
        while (next.TryDequeue(out var other))
        {
            if (!reached.Add(other)) continue;
            foreach (var further in known[other]) next.Enqueue(further);
        }

        return reached;
    }

    private static bool IsPartial(Match type) => type.Value.Contains("partial ", StringComparison.Ordinal);

    private IEnumerable<FileArrow> ArrowsFrom(SourceText source) =>
        from line in source.Code.Split('\n').Index()
        from named in NamedOn(line.Item, source)
        let here = HomeOf(source.Path)
        let there = HomeOf(named.Path)
        where here != there
        select new FileArrow(here, $"{source.Path}:{line.Index + 1}", named.Name, there);

    private string HomeOf(string path) => homes.GetValueOrDefault(path, path);

    private IEnumerable<Declared> NamedOn(string line, SourceText source)
    {
        foreach (Match path in NamePath().Matches(line))
        {
            var parts = path.Value.Split('.');
            if (parts.Length == 1 && IsNameOfSomethingElse(line[..path.Index])) continue;
            for (var part = 0; part < parts.Length; part++)
            {
                var before = string.Join('.', parts[..part]);
                foreach (var type in types[parts[part]].Where(type => source.Finds(before, type.Namespace))) yield return type;
            }
        }

        foreach (Match call in Call().Matches(line))
        {
            foreach (var method in extensions[call.Groups["name"].Value].Where(method => source.Finds("", method.Namespace)))
                yield return method;
        }
    }

    // As in "IReadOnlyList<string> Operations" or "Claim? Claim": the type stands before it.
    private static bool IsNameOfSomethingElse(string before) =>
        TypeBefore().Match(before) is { Success: true } type && !Keywords.Contains(type.Groups["word"].Value);

    private sealed record Declared(string Path, string Namespace, string Name);

    private sealed class SourceText(string path, string code)
    {
        private readonly HashSet<string> usings =
            [.. Using().Matches(code).Select(match => match.Groups["name"].Value)];

        public string Path { get; } = path;

        public string Code { get; } = code;

        public string Namespace { get; } = NamespaceLine().Match(code).Groups["name"].Value;

        /// <summary>Whether a name of a namespace is found here, with these words before it.</summary>
        public bool Finds(string before, string where) => before.Length == 0
            ? where == Namespace || Namespace.StartsWith(where + ".", StringComparison.Ordinal) || usings.Contains(where)
            : where == before || (where.EndsWith("." + before, StringComparison.Ordinal)
                && $"{Namespace}.".StartsWith(where[..^before.Length], StringComparison.Ordinal));
    }

    [GeneratedRegex(
        """
        //[^\n]*|/\*[\s\S]*?\*/|\$*@?\"\"\"[\s\S]*?\"\"\"|@"([^"]|"")*"|\$?@?"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])+'
        """,
        RegexOptions.ExplicitCapture,
        Patience)]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex("""(?<=\{)[^{}"]*""", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Hole();

    [GeneratedRegex(
        @"(?m)^((public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(class|record struct|record class|record|struct|interface|enum|delegate [^(]+?) (?<name>\w+)",
        RegexOptions.ExplicitCapture,
        Patience)]
    private static partial Regex Type();

    [GeneratedRegex(@"\bstatic [^=;{}]*?\b(?<name>\w+)(<[\w, ]+>)?\(\s*this ", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Extension();

    [GeneratedRegex(@"(?m)^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"(?m)^using (?<name>[\w.]+);", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*(\.\w+)*", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex NamePath();

    [GeneratedRegex(@"\.(?<name>\w+)(<[^()]*>)?\(", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Call();

    [GeneratedRegex(@"((?<word>\w+)\??|[\w>\])?]>\??|\[\]\??) $", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex TypeBefore();
}
