namespace Vcas.Domain.Offers;

/// <summary>
/// Names of languages for which an interpreter may be needed, in English, by their tags (BCP 47). A list of our own: a machine's depends
/// on what is installed on it, and VCAS is told the same name wherever the app runs.
/// </summary>
public static class Languages
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["am"] = "Amharic",
        ["ar"] = "Arabic",
        ["bfi"] = "British Sign Language",
        ["bg"] = "Bulgarian",
        ["bn"] = "Bengali",
        ["bs"] = "Bosnian",
        ["ckb"] = "Kurdish (Sorani)",
        ["cs"] = "Czech",
        ["cy"] = "Welsh",
        ["da"] = "Danish",
        ["de"] = "German",
        ["el"] = "Greek",
        ["en"] = "English",
        ["es"] = "Spanish",
        ["et"] = "Estonian",
        ["fa"] = "Persian (Farsi)",
        ["fi"] = "Finnish",
        ["fr"] = "French",
        ["gu"] = "Gujarati",
        ["he"] = "Hebrew",
        ["hi"] = "Hindi",
        ["hr"] = "Croatian",
        ["hu"] = "Hungarian",
        ["it"] = "Italian",
        ["ja"] = "Japanese",
        ["ka"] = "Georgian",
        ["kmr"] = "Kurdish (Kurmanji)",
        ["ko"] = "Korean",
        ["ku"] = "Kurdish",
        ["lt"] = "Lithuanian",
        ["lv"] = "Latvian",
        ["mis"] = "Another language: ask which",
        ["ml"] = "Malayalam",
        ["ne"] = "Nepali",
        ["nl"] = "Dutch",
        ["no"] = "Norwegian",
        ["pa"] = "Punjabi",
        ["pl"] = "Polish",
        ["prs"] = "Dari",
        ["ps"] = "Pashto",
        ["pt"] = "Portuguese",
        ["ro"] = "Romanian",
        ["rom"] = "Romani",
        ["ru"] = "Russian",
        ["si"] = "Sinhala",
        ["sk"] = "Slovak",
        ["sl"] = "Slovenian",
        ["so"] = "Somali",
        ["sq"] = "Albanian",
        ["sr"] = "Serbian",
        ["sv"] = "Swedish",
        ["sw"] = "Swahili",
        ["ta"] = "Tamil",
        ["te"] = "Telugu",
        ["th"] = "Thai",
        ["ti"] = "Tigrinya",
        ["tl"] = "Tagalog",
        ["tr"] = "Turkish",
        ["uk"] = "Ukrainian",
        ["ur"] = "Urdu",
        ["vi"] = "Vietnamese",
        ["yo"] = "Yoruba",
        ["yue"] = "Cantonese",
        ["zh"] = "Chinese (Mandarin)",
    };

    /// <summary>Every tag that has a name here.</summary>
    public static IReadOnlyCollection<string> Tags => Names.Keys;

    /// <summary>
    /// The language's name; with the tag behind it where that says more than the language (a script, a country), and the tag alone where no
    /// name is known. Nothing if no interpreter is needed.
    /// </summary>
    public static string? NameOf(string? tag)
    {
        if (tag is null) return null;
        if (Names.TryGetValue(tag, out var name)) return name;
        return Names.TryGetValue(tag.Split('-')[0], out var language) ? $"{language} ({tag})" : tag;
    }
}
