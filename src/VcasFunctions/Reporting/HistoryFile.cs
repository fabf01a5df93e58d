using System.Globalization;
using Vcas.Domain.Reporting;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Reporting;

/// <summary>
/// A CSV file of offers from before the system. Columns: <c>reference</c> (any text that is unique for the household; only a
/// hash of it is kept), <c>offeredAt</c> (a date in London, or an instant), <c>team</c>, <c>answer</c>, and, where a call was
/// written down, <c>callBack</c> (a call's outcome), <c>calledAt</c> and <c>direction</c>
/// (incoming where they rang by themselves). What can't be read is named, in one line a cause; nothing is passed over.
/// </summary>
public static class HistoryFile
{
    private const int MostErrors = 100;

    // So many mistakes are looked at for what they have in common; then the file is somebody's to correct.
    private const int MostRead = 20_000;

    // In so many rows something is mistyped row by row; in more it is the column.
    private const int MostAlike = 5;
    private const int MostNamed = 3;

    /// <summary>The households in the file, or what needs correction (the first hundred causes).</summary>
    public static async Task<(IReadOnlyList<HouseholdRecord> Households, IReadOnlyList<FieldProblem> Errors)> ReadAsync(
        Stream file, VcasSettings settings, Sealer sealer, CancellationToken cancellation)
    {
        // The file is bounded, so it is taken in whole: how it is written shows only in all of it.
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        var bytes = memory.ToArray();
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..])
            return Wrong("This is a workbook. Save it as CSV UTF-8 (comma delimited), and send that.");
        if (CsvTable.TextOf(bytes) is not { } text) return Wrong("The file can't be read as text. Save it as CSV UTF-8.");

        var rows = CsvTable.Rows(text, HistoryHeadings.IsOne);
        var (headings, errors) = HistoryHeadings.Read(rows);
        return headings is null ? ([], [.. errors.Take(MostErrors)]) : Read(rows, headings, settings, sealer, cancellation);

        static (IReadOnlyList<HouseholdRecord>, IReadOnlyList<FieldProblem>) Wrong(string message) =>
            ([], [new FieldProblem("row 1", message)]);
    }

    private static (IReadOnlyList<HouseholdRecord>, IReadOnlyList<FieldProblem>) Read(
        IReadOnlyList<CsvRow> rows, HistoryHeadings headings, VcasSettings settings, Sealer sealer, CancellationToken cancellation)
    {
        var households = new List<HouseholdRecord>();
        var errors = UnderNoHeading(rows, headings).ToList();
        var seen = new Dictionary<Guid, (int Row, string Reference)>();
        foreach (var row in rows.Where(row => row.Number > headings.Row && !row.IsEmpty))
        {
            cancellation.ThrowIfCancellationRequested();
            if (errors.Count >= MostRead) break;
            if (FaultOf(row, headings) is { } fault)
            {
                errors.Add(fault);
                continue;
            }

            var reader = new HistoryRow(row, headings, settings, sealer, errors);
            if (reader.Read() is not { } household) continue;
            var reference = headings.Cell(row, "reference").Trim();
            if (!seen.TryAdd(household.Id, (row.Number, reference))) errors.Add(Again(row, reference, seen[household.Id]));
            households.Add(household);
        }

        return (households, [.. OneForEachCause(errors).Take(MostErrors)]);
    }

    // What is wrong in a whole column has one cause, and would hide every other one behind it.
    private static IEnumerable<FieldProblem> OneForEachCause(IReadOnlyList<FieldProblem> errors) => errors
        .GroupBy(error => (Column: error.Field.Split(", ", 2)[1..] is [var column] ? column : "", error.Message))
        .SelectMany(same => same.Key.Column.Length == 0 || same.Count() <= MostAlike
            ? same.Select(error => (Error: error, Row: RowOf(error)))
            : [(same.First() with { Message = $"{same.Key.Message} The same in {Others(same)}." }, RowOf(same.First()))])
        .OrderBy(line => line.Row)
        .Select(line => line.Error);

    private static string Others(IEnumerable<FieldProblem> same)
    {
        var rows = same.Skip(1).Select(RowOf).ToList();
        return rows.Count <= MostNamed ? $"rows {string.Join(", ", rows)}"
            : $"rows {string.Join(", ", rows.Take(MostNamed))} and {rows.Count - MostNamed} more";
    }

    private static int RowOf(FieldProblem error) =>
        int.Parse(error.Field.AsSpan(4, error.Field.Split(',')[0].Length - 4), CultureInfo.InvariantCulture);

    // An extra cell moves all cells after it, so other faults in the row have the same cause.
    private static FieldProblem? FaultOf(CsvRow row, HistoryHeadings headings)
    {
        if (row.Fault is not null) return new FieldProblem($"row {row.Number}", row.Fault);
        var beyond = Enumerable.Range(headings.Width, Math.Max(0, row.Cells.Count - headings.Width));
        var column = beyond.FirstOrDefault(place => !string.IsNullOrWhiteSpace(row.Cells[place]), -1);
        return column < 0 ? null : new FieldProblem(
            $"row {row.Number}, {HistoryHeadings.LetterOf(column)}",
            "This row has more cells than the header line. A separator within a cell needs quotation marks around the cell.");
    }

    private static IEnumerable<FieldProblem> UnderNoHeading(IReadOnlyList<CsvRow> rows, HistoryHeadings headings) =>
        from column in headings.Unnamed
        let filled = rows
            .Where(row => row.Number > headings.Row && column < row.Cells.Count && !string.IsNullOrWhiteSpace(row.Cells[column]))
            .ToList()
        where filled.Count > 0
        select new FieldProblem(
            $"row {filled[0].Number}, {HistoryHeadings.LetterOf(column)}",
            $"This column has no heading, and something stands in it (rows: {filled.Count}). Give it a heading, or delete it.");

    private static FieldProblem Again(CsvRow row, string reference, (int Row, string Reference) before) => new(
        $"row {row.Number}, reference",
        before.Reference == reference
            ? $"The same reference stands in row {before.Row}."
            : $"Nearly the same reference stands in row {before.Row}: it differs in no more than case, blanks, accents, "
                + "dashes or noughts before a number. Write one row for one household, or make the references differ.");
}
