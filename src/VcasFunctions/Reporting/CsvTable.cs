using System.Text;

namespace VcasFunctions.Reporting;

/// <summary>One row of a file: its number as a spreadsheet shows it, its cells, and what is wrong with the whole of it.</summary>
/// <param name="Number">Counted from 1, empty rows too.</param>
/// <param name="Cells">What is in it.</param>
/// <param name="Fault">Why its cells can't be told from one another; null if they can.</param>
internal sealed record CsvRow(int Number, IReadOnlyList<string> Cells, string? Fault)
{
    public bool IsEmpty => Fault is null && Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>
/// A file of separated values as spreadsheets and databases save it: with commas, semicolons, tabs or bars; with <c>sep=</c> above it; with
/// or without a byte order mark, in UTF-8, UTF-16 or Windows' own letters; with any kind of line end, also within a quoted cell. Nothing in
/// it is passed over: what can't be read has its row and its line. The console reads a file with other headings by the same rules
/// (<c>separated.js</c>); the examples in <c>tests/Shared/separated-values.json</c> hold for both.
/// </summary>
internal static class CsvTable
{
    private const int LongestQuote = 50;

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    // Excel writes CSV in the computer's own code page, which is this one in the United Kingdom.
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text of a file; null if it holds none.</summary>
    public static string? TextOf(byte[] file)
    {
        try
        {
            return Decode(file);
        }
        catch (DecoderFallbackException)
        {
            // Half a character.
            return null;
        }
    }

    /// <summary>
    /// The rows. The separator is the one that divides the first row that isn't empty into the most of <paramref name="headings"/>.
    /// </summary>
    public static IReadOnlyList<CsvRow> Rows(string text, Func<string, bool> headings)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var (first, named) = (0, (char?)null);
        if (lines[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && lines[0].TrimEnd().Length <= 5)
            (first, named) = (1, lines[0].Length > 4 ? lines[0][4] : '\t');
        var separator = named ?? SeparatorOf(lines, headings);

        var rows = new List<CsvRow>();
        var width = lines[first..].Take(LongestQuote).Select(line => Split(line, separator).Cells.Count).DefaultIfEmpty().Max();
        for (var line = first; line < lines.Length; line++)
        {
            var (cells, fault, isOpen) = Split(lines[line], separator);
            if (isOpen && Broken(lines, line, separator, width) is { } whole)
            {
                (cells, isOpen, line) = (whole.Cells, false, whole.Last);
            }

            if (isOpen)
            {
                // If the quotation mark is closed further down, the lines in between belong to the same mistake.
                var end = EndOf(lines, line);
                var upTo = end > line ? $", and takes in all up to line {end + 1}" : "";
                fault = $"A cell opens with a quotation mark in line {line + 1} that isn't closed in that line{upTo}. Take "
                    + "the mark out, or close it.";
                line = Math.Max(line, end);
            }

            rows.Add(new CsvRow(rows.Count + 1, cells, fault));
        }

        return rows;
    }

    private static string Decode(byte[] file)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        switch (file)
        {
            case [0xEF, 0xBB, 0xBF, ..]: return strict.GetString(file, 3, file.Length - 3);
            case [0xFF, 0xFE, ..]: return new UnicodeEncoding(false, false, true).GetString(file, 2, file.Length - 2);
            case [0xFE, 0xFF, ..]: return new UnicodeEncoding(true, false, true).GetString(file, 2, file.Length - 2);
            case [not 0, 0, not 0, 0, ..]: return new UnicodeEncoding(false, false, true).GetString(file);
            case [0, not 0, 0, not 0, ..]: return new UnicodeEncoding(true, false, true).GetString(file);
        }

        try
        {
            return strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(file);
        }
    }

    private static char SeparatorOf(string[] lines, Func<string, bool> headings) =>
        Separators.MaxBy(separator => lines.Take(LongestQuote).Max(line => Split(line, separator).Cells.Count(headings)));

    // A row with a cell that goes over several lines, as a note does; null where a line of it would be a row by itself: then it is a stray
    // mark that takes in the rows after it.
    private static (IReadOnlyList<string> Cells, int Last)? Broken(string[] lines, int start, char separator, int width)
    {
        var text = lines[start];
        for (var line = start + 1; line < lines.Length && line <= start + LongestQuote; line++)
        {
            if (Split(lines[line], separator).Cells.Count >= width) return null;
            text += "\n" + lines[line];
            var (cells, fault, isOpen) = Split(text, separator);
            if (!isOpen) return fault is null ? (cells, line) : null;
        }

        return null;
    }

    private static int EndOf(string[] lines, int start)
    {
        for (var line = start + 1; line < lines.Length && line <= start + LongestQuote; line++)
        {
            if (lines[line].Count(letter => letter == '"') % 2 == 1) return line;
        }

        return start;
    }

    private static (IReadOnlyList<string> Cells, string? Fault, bool IsOpen) Split(string line, char separator)
    {
        var cells = new List<string>();
        string? fault = null;
        for (var at = 0; ;)
        {
            string cell;
            if (at < line.Length && line[at] == '"')
            {
                var (inside, after) = Quoted(line, at + 1);
                if (after < 0) return ([.. cells, inside], null, true);
                cell = inside;
                at = after;
                if (at < line.Length && line[at] != separator)
                {
                    fault = $"Cell {cells.Count + 1} goes on after its closing quotation mark. A mark within a cell is written twice.";
                    at = line.IndexOf(separator, at) is >= 0 and var next ? next : line.Length;
                }
            }
            else
            {
                var end = line.IndexOf(separator, at) is >= 0 and var next ? next : line.Length;
                cell = line[at..end];
                at = end;
            }

            cells.Add(cell);
            if (at >= line.Length) return (cells, fault, false);
            at++;
        }
    }

    // What stands between two quotation marks, where two of them mean one, and the place after the closing one; below 0 where there is
    // none.
    private static (string Inside, int After) Quoted(string line, int from)
    {
        var inside = new StringBuilder();
        for (var at = from; at < line.Length; at++)
        {
            if (line[at] != '"') inside.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"') inside.Append(line[at++]);
            else return (inside.ToString(), at + 1);
        }

        return (inside.ToString(), -1);
    }
}
