using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace VcasFunctions.Tests.Abuse;

/// <summary>A table as a spreadsheet would open it.</summary>
internal static class Spreadsheet
{
    /// <summary>What a spreadsheet calculates when a cell begins with it.</summary>
    public static TheoryData<string> Formulas => ["=HYPERLINK(\"http://example.invalid\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1"];

    /// <summary>Every cell; none of them would be calculated.</summary>
    public static async Task<IReadOnlyList<string>> MustRunNothingAsync(string table)
    {
        using var csv = new CsvReader(
            new StringReader(table.TrimStart('\uFEFF')), new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false });
        var cells = new List<string>();
        while (await csv.ReadAsync()) cells.AddRange(csv.Parser.Record!);
        Assert.NotEmpty(cells);
        Assert.All(cells, cell =>
            Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), $"A spreadsheet would run: {cell}"));
        return cells;
    }
}
