using System.Text.RegularExpressions;

namespace VcasFunctions.Console;

/// <summary>
/// Takes out of the GOV.UK Design System's stylesheet what is for gov.uk alone: its font, and the pictures with the crest.
/// </summary>
internal static partial class GovukStyles
{
    /// <summary>The stylesheet with the phone's own font and nothing that is loaded from elsewhere.</summary>
    public static string Adapt(string css) =>
        SourceMap().Replace(
            Loaded().Replace(FontFace().Replace(css, ""), "").Replace(
                "GDS Transport,arial,sans-serif",
                "system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif",
                StringComparison.Ordinal),
            "");

    [GeneratedRegex(@"@font-face\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FontFace();

    [GeneratedRegex(@"(?<=[{;])[a-z-]+:[^;{}]*url\([^)]*\)[^;}]*;?", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Loaded();

    [GeneratedRegex(@"/\*# sourceMappingURL=[^*]*\*/", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SourceMap();
}
