using VcasFunctions.Problems;

namespace VcasFunctions.Reporting;

/// <summary>The heading line of an imported file: which column holds what. One error for each thing that is wrong.</summary>
internal sealed class HistoryHeadings
{
    /// <summary>All columns there are; the first three are compulsory.</summary>
    public static readonly IReadOnlyList<string> All = ["reference", "offeredAt", "answer", "team", "callBack", "calledAt", "direction"];

    private const int Compulsory = 3;

    private static readonly string Names = string.Join(", ", All);

    private readonly Dictionary<string, int> columns;

    private HistoryHeadings(int row, Dictionary<string, int> columns, int width, IReadOnlyList<int> unnamed) =>
        (Row, this.columns, Width, Unnamed) = (row, columns, width, unnamed);

    /// <summary>The number of the heading line.</summary>
    public int Row { get; }

    /// <summary>How many columns have a place in it.</summary>
    public int Width { get; }

    /// <summary>Columns without a heading: nothing may be in them.</summary>
    public IReadOnlyList<int> Unnamed { get; }

    /// <summary>Whether a text is the name of a column of ours, in whatever case.</summary>
    public static bool IsOne(string text) => NameOf(text) is not null;

    /// <summary>The column's letter, as spreadsheets have it.</summary>
    public static string LetterOf(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : LetterOf((column / 26) - 1) + LetterOf(column % 26);

    /// <summary>What is under a heading; empty if the file has no such column, or the row ends before it.</summary>
    public string Cell(CsvRow row, string name) =>
        columns.TryGetValue(name, out var column) && column < row.Cells.Count ? row.Cells[column] : "";

    /// <summary>The headings of the first row that isn't empty, or what is wrong with them.</summary>
    public static (HistoryHeadings? Headings, IReadOnlyList<FieldProblem> Errors) Read(IReadOnlyList<CsvRow> rows)
    {
        var first = rows.FirstOrDefault(row => !row.IsEmpty);
        if (first is null) return (null, [new FieldProblem("row 1", "The file is empty. It begins with a header line.")]);
        if (first.Fault is not null) return (null, [new FieldProblem($"row {first.Number}", first.Fault)]);
        if (!first.Cells.Any(IsOne)) return (null, [NoHeadings(rows, first)]);

        var errors = new List<FieldProblem>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var meant = new HashSet<string>(StringComparer.Ordinal);
        var unnamed = new List<int>();
        for (var column = 0; column < first.Cells.Count; column++)
        {
            var heading = first.Cells[column];
            if (string.IsNullOrWhiteSpace(heading)) unnamed.Add(column);
            else if (NameOf(heading) is not { } name) errors.Add(Unknown(first, column, heading, meant));
            else if (!places.TryAdd(name, column))
                errors.Add(new FieldProblem($"row {first.Number}, {name}", "This heading stands twice, in columns "
                    + $"{LetterOf(places[name])} and {LetterOf(column)}. Delete one of them."));
        }

        // A misspelt heading that must be there is one mistake, and has been reported.
        errors.AddRange(All.Take(Compulsory).Where(name => !places.ContainsKey(name) && !meant.Contains(name))
            .Select(name => new FieldProblem($"row {first.Number}", $"The column {name} is missing.")));
        return errors.Count > 0 ? (null, errors) : (new HistoryHeadings(first.Number, places, first.Cells.Count, unnamed), []);
    }

    private static FieldProblem NoHeadings(IReadOnlyList<CsvRow> rows, CsvRow first) =>
        rows.FirstOrDefault(row => All.Take(Compulsory).All(name => row.Cells.Any(cell => NameOf(cell) == name))) is { } further
            ? new FieldProblem($"row {first.Number}", $"The headings stand in row {further.Number}. Delete what stands above them.")
            : new FieldProblem(
                $"row {first.Number}",
                $"This is no header line. It must hold the columns' names: {Names}. The column reference is missing.");

    // The error does not repeat the heading: if the header line is missing, it is somebody's data.
    private static FieldProblem Unknown(CsvRow row, int column, string heading, HashSet<string> meant)
    {
        var near = All.FirstOrDefault(name => Distance(Letters(heading), Letters(name)) <= 2);
        if (near is not null) meant.Add(near);
        var guess = near is null ? "" : $" Perhaps it should be {near}.";
        return new FieldProblem(
            $"row {row.Number}, {LetterOf(column)}",
            $"The heading of this column is none of {Names}.{guess} Correct it, or delete the column.");
    }

    private static string? NameOf(string heading) =>
        All.FirstOrDefault(name => name.Equals(heading.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string Letters(string text) => new([.. text.Where(char.IsAsciiLetter).Take(40).Select(char.ToLowerInvariant)]);

    // Levenshtein's.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), changed));
            }

        }

        return row[^1];
    }
}
