using System.Text.Json;
using VcasFunctions.Reporting;

namespace VcasFunctions.Tests.Routes;

/// <summary>Files of separated values, as the app reads them; the console reads the same examples alike.</summary>
public sealed class SeparatedValuesTests
{
    private static readonly string[] Headings = ["reference", "offeredAt", "answer", "team"];

    public static TheoryData<string> Names => [.. Examples().Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_is_read_as_what_it_says(string name)
    {
        var example = Examples().Single(one => one.Name == name);
        var rows = CsvTable.Rows(example.Text, Headings.Contains);
        Assert.Equal(Enumerable.Range(1, example.Rows.Count), rows.Select(row => row.Number));
        Assert.Equal(example.Rows, rows.Select(row => row.Fault is null ? row.Cells : null));
    }

    private static List<Example> Examples() => JsonSerializer.Deserialize<List<Example>>(
        File.ReadAllText(Path.Combine(Golden.Root, "tests/Shared/separated-values.json")), JsonSerializerOptions.Web)!;

    private sealed record Example(string Name, string Text, IReadOnlyList<IReadOnlyList<string>?> Rows);
}
