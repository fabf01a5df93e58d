namespace VcasFunctions.Tests.Architecture;

/// <summary>
/// No files of the app name each other in a circle: each can be read with what stands beneath it alone. <see cref="FloorTests"/> holds the
/// same of folders.
/// </summary>
public sealed class FileCircleTests
{
    // Circles that are right as they are: their files, and why. There is none.
    private static readonly Dictionary<string[], string> Allowed = [];

    private static readonly string App = Path.Combine(Golden.Root, "src", "VcasFunctions");

    [Fact]
    public void No_files_name_each_other_in_a_circle_but_those_that_are_allowed()
    {
        var graph = new FileGraph(Files());
        Assert.True(graph.Arrows.Count > 800, $"Only {graph.Arrows.Count} files were found to name another.");
        var wrong = FoundIn(graph).Where(circle => !Allowed.Keys.Any(files => files.SequenceEqual(circle.Files))).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(circle => circle.Text)));
    }

    [Fact]
    public void Each_circle_that_is_allowed_is_there_and_has_its_reason()
    {
        var circles = new FileGraph(Files()).Circles();
        Assert.All(Allowed, allowed => Assert.Contains(circles, circle => allowed.Key.SequenceEqual(circle)));
        Assert.All(Allowed.Values, reason => Assert.NotEqual("", reason));
    }

    [Fact]
    public void A_line_that_closes_a_circle_among_the_app_s_files_is_named()
    {
        const string Lower = "Households/ClaimColumns.cs";
        var files = Files().ToDictionary(file => file.Path, file => file.Text);
        var line = files[Lower].Count(letter => letter == '\n') + 1;
        files[Lower] += "file static class Above { public const string Name = nameof(CallGuard); }\n";
        var (circle, text) = Assert.Single(FoundIn(new FileGraph(files.Select(file => (file.Key, file.Value)))));
        Assert.Contains("Households/CallGuard.cs", circle);
        Assert.Contains($"{Lower}:{line} names CallGuard of Households/CallGuard.cs", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public Pear Of() => null!;")]
    [InlineData("public object Of() => new Pear();")]
    [InlineData("public const string Name = Pear.Stalk;")]
    [InlineData("public const string Name = nameof(Pear);")]
    [InlineData("public Dictionary<string, List<Pear?>> All { get; } = [];")]
    [InlineData("public string Text => $\"It is {Pear.Stalk}.\";")]
    [InlineData("public string Text => $\"\"\"\n    It is {Pear.Stalk}.\n    \"\"\";")]
    [InlineData("public string Text => \"It is \" + Pear.Stalk; // whatever it is")]
    [InlineData("public bool Is(object other) => other is not Pear;")]
    [InlineData("[Ripe] public Pear? Pear { get; }")]
    [InlineData("public bool IsMore(int than) => than > Pear.Most;")]
    [InlineData("public object Of() => new Orchard.Trees.Pear();")]
    [InlineData("public object Of() => new Trees.Pear();")]
    [InlineData("public int Of(string text) => text.Peeled();")]
    public void A_file_that_names_another_s_type_is_found(string line) =>
        Assert.Equal(["Apple.cs, Pear.cs"], CirclesOf(Apple(line), Pear));

    [Theory]
    [InlineData("// As a Pear does.")]
    [InlineData("/* As a\n Pear does. */")]
    [InlineData("/// <see cref=\"Pear\"/>")]
    [InlineData("public string Text => \"Pear\";")]
    [InlineData("public string Text => @\"A \"\"Pear\"\".\";")]
    [InlineData("public string Text => $\"Pear {1}\";")]
    [InlineData("public string Text => \"\"\"\n    Pear \"Pear\"\n    \"\"\";")]
    [InlineData("public object Of(Basket basket) => basket.Pear;")]
    [InlineData("public IReadOnlyList<string> Pear { get; } = [];")]
    [InlineData("public void Take(string? Pear, int[] Peeled) { }")]
    [InlineData("private enum Pear { One }")]
    [InlineData("public object Of() => new PearTree();")]
    [InlineData("public object Of() => new Garden.Pear();")]
    public void What_only_looks_like_another_s_type_is_not_found(string line) => Assert.Empty(CirclesOf(Apple(line), Pear));

    [Fact]
    public void A_type_of_a_namespace_that_is_not_used_is_another_s() =>
        Assert.Empty(CirclesOf(
            ("Apple.cs", "namespace Orchard.Shed;\npublic sealed class Apple { public Pear Of() => null!; }\n"),
            ("Pear.cs", "using Orchard.Shed;\nnamespace Orchard.Trees;\npublic sealed class Pear { public Apple Of() => null!; }\n")));

    [Fact]
    public void A_circle_over_several_files_is_found_with_its_lines_and_without_its_neighbours()
    {
        var graph = new FileGraph([
            ("A.cs", "namespace N;\npublic class A\n{\n    public B? Next;\n    public A? Self;\n}\n"),
            ("B.cs", "namespace N;\npublic interface B\n{\n    C Next();\n}\n"),
            ("C.cs", "namespace N;\npublic record C(D Beneath)\n{\n    public const string Name = nameof(A);\n}\n"),
            ("D.cs", "namespace N;\npublic enum D { One }\n"),
            ("E.cs", "namespace N;\npublic record struct E(A Beneath);\n"),
        ]);
        Assert.Equal(
            """
            A.cs, B.cs, C.cs: A.cs:4 names B of B.cs; B.cs:4 names C of C.cs; C.cs:4 names A of A.cs
            """,
            Assert.Single(FoundIn(graph)).Text);
    }

    [Fact]
    public void Circles_that_don_t_meet_are_found_one_by_one() =>
        Assert.Equal(["A.cs, B.cs", "C.cs, D.cs"], CirclesOf(
            ("A.cs", "namespace N;\npublic delegate B A(C beneath);\n"),
            ("B.cs", "namespace N;\npublic abstract class B { public required A Back { get; init; } }\n"),
            ("C.cs", "namespace N;\npublic static class C { public static D? Of() => null; }\n"),
            ("D.cs", "namespace N;\npublic readonly struct D { public bool Is() => C.Of() is null; }\n")));

    [Fact]
    public void The_files_of_a_partial_type_are_one()
    {
        var (part, other) = ("namespace N;\npublic partial class A { public B? Of; }\n", "namespace N;\npublic partial class A { }\n");
        Assert.Empty(CirclesOf(("A.cs", part), ("A.More.cs", other), ("B.cs", "namespace N;\npublic class B { }\n")));
        var circle = Assert.Single(FoundIn(new FileGraph([
            ("A.cs", other), ("A.More.cs", part), ("B.cs", "namespace N;\npublic class B { public A? Of; }\n"),
        ])));
        Assert.Equal("A.cs, B.cs: A.More.cs:2 names B of B.cs; B.cs:2 names A of A.cs", circle.Text);
    }

    private static readonly (string Path, string Text) Pear = ("Pear.cs", """
        using Orchard.Shed;

        namespace Orchard.Trees;

        public sealed class Pear
        {
            public const string Stalk = "stalk";

            public Apple Neighbour() => null!;
        }

        internal static class Peeling
        {
            public static int Peeled(this string text) => text.Length;
        }

        """);

    private static (string Path, string Text) Apple(string line) => ("Apple.cs", $$"""
        using Orchard.Trees;

        namespace Orchard.Shed;

        public sealed class Apple
        {
            {{line}}
        }

        """);

    private static IEnumerable<string> CirclesOf(params (string Path, string Text)[] files) =>
        new FileGraph(files).Circles().Select(circle => string.Join(", ", circle));

    private static IEnumerable<(IReadOnlyList<string> Files, string Text)> FoundIn(FileGraph graph) =>
        from circle in graph.Circles()
        let arrows = graph.Arrows.Where(arrow => circle.Contains(arrow.From) && circle.Contains(arrow.To))
            .OrderBy(arrow => arrow.From, StringComparer.Ordinal)
        select (circle, $"{string.Join(", ", circle)}: {string.Join("; ", arrows)}");

    private static IEnumerable<(string Path, string Text)> Files() =>
        from file in Directory.EnumerateFiles(App, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let path = Path.GetRelativePath(App, file).Replace('\\', '/')
        where path.Split('/')[0] is not ("bin" or "obj")
        select (path, File.ReadAllText(file));
}
