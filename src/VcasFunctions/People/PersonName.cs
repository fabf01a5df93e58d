using System.Globalization;

namespace VcasFunctions.People;

/// <summary>A name as somebody else's system gives it, made fit to stand in a line of ours.</summary>
internal static class PersonName
{
    private const int Longest = 100;

    /// <summary>The name without what can't be seen; null where nothing is left.</summary>
    public static string? Of(string? given)
    {
        if (given is null) return null;
        // Some signs turn the direction of what stands around them.
        var seen = string.Concat(given.Where(letter =>
            !char.IsControl(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator))).Trim();
        if (seen.Length == 0) return null;
        var elements = new StringInfo(seen);
        return elements.LengthInTextElements <= Longest ? seen : elements.SubstringByTextElements(0, Longest).TrimEnd();
    }
}
