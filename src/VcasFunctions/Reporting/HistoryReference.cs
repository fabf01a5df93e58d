using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VcasFunctions.Reporting;

/// <summary>
/// What tells imported households apart. Spreadsheets and people change how a reference is written and not what it means: they drop the
/// zeros before a number, the case, blanks, accents, kinds of dashes. References that differ in nothing else are one household's.
/// </summary>
internal static partial class HistoryReference
{
    private const int Longest = 200;
    private const char Blank = ' ';

    // Letters with a mark, as one sign, each behind the letter without it.
    private static readonly Dictionary<char, char> Plain = new[]
    {
        "AÀÁÂÃÄÅĀĂĄ", "CÇĆĈĊČ", "DĎĐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "HĤĦ", "IÌÍÎÏĨĪĬĮİ", "JĴ",
        "KĶ", "LĹĻĽĿŁ", "NÑŃŅŇ", "OÒÓÔÕÖØŌŎŐ", "RŔŖŘ", "SŚŜŞŠȘ", "TŢŤŦȚ", "UÙÚÛÜŨŪŬŮŰŲ",
        "WŴẀẂẄ", "YÝŶŸỲ", "ZŹŻŽ",
    }.SelectMany(letters => letters[1..].Select(marked => (marked, letters[0]))).ToDictionary();

    private static readonly string[] SheetErrors = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"];

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public static string? FaultOf(string reference) => reference switch
    {
        _ when string.IsNullOrWhiteSpace(reference) => "Give a text that no other row has.",
        { Length: > Longest } => $"At most {Longest} characters.",
        _ when reference.Any(char.IsControl) => "No control characters.",
        _ when SheetErrors.Contains(reference.Trim()) || reference.Trim().All(letter => letter == '#') =>
            "The spreadsheet shows an error or a column too narrow in place of the text.",
        _ when IsRounded(reference.Trim()) => "The spreadsheet has rounded a long number, so that several may read the same. "
            + "Format the column as text and enter the references again.",
        _ when KeyOf(reference).Length == 0 => "Give a text with letters or digits.",
        _ => null,
    };

    /// <summary>The same text for references that mean the same.</summary>
    public static string KeyOf(string reference)
    {
        var key = new StringBuilder(reference.Length);
        foreach (var letter in reference.ToUpperInvariant())
        {
            switch (char.GetUnicodeCategory(letter))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control:
                    continue;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    key.Append(Blank);
                    break;
                case UnicodeCategory.DashPunctuation:
                    key.Append('-');
                    break;
                default:
                    key.Append(letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : Plain.GetValueOrDefault(letter, letter));
                    break;
            }
        }

        return Number().Replace(key.ToString(), "").Replace($"{Blank}", "", StringComparison.Ordinal);
    }

    // Only zeros before a number by itself: within letters they may make a difference.
    [GeneratedRegex("(?<![A-Z0-9])0+(?=[0-9]+(?![A-Z0-9]))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    // 1.23457E+15
    private static bool IsRounded(string text) =>
        text.IndexOf("E+", StringComparison.OrdinalIgnoreCase) is > 0 and var sign
        && text[..sign].All(letter => char.IsAsciiDigit(letter) || letter == '.')
        && text[(sign + 2)..] is { Length: > 0 } power && power.All(char.IsAsciiDigit);
}
