using System.Text.RegularExpressions;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>How the keys of the list sort: by the part of the list, then by what is called first, then by the offer.</summary>
internal static partial class CallBackSortKey
{
    public const string Due = "due";
    public const string Waiting = "waiting";
    public const string Held = "held";

    /// <summary>
    /// Held for the supervisor alone. Who may not know of it finds the household in the place where it would stand without.
    /// </summary>
    public const string Decision = "kept";

    /// <summary>A call-back team's partition. The service sorts keys by character code: team names are lower case throughout.</summary>
    public static string PartitionOf(string callBackTeam) => callBackTeam.ToLowerInvariant();

    /// <summary>The key of a household that is due: what endangers somebody comes first, then who has waited longest.</summary>
    public static string DueOf(int risk, DateTimeOffset? callFrom, Guid offerId) => Of($"{Due}|{9 - risk:D1}", callFrom, offerId);

    /// <summary>The key of a household in any other part of the list, by the instant by which that is sorted.</summary>
    public static string Of(string part, DateTimeOffset? instant, Guid offerId) =>
        ListRow.KeyOf($"{part}|{ListRow.Sort(instant)}", offerId);

    /// <summary>Whether a key is in a part.</summary>
    public static bool IsIn(string part, string key) => key.StartsWith(part, StringComparison.Ordinal);

    /// <summary>Whether a text can be a place in the list, as a page gives it for the next one.</summary>
    public static bool IsSortKey(string text) => SortKey().IsMatch(text);

    [GeneratedRegex(
        @"^(due\|[0-9]|waiting|held|kept)\|[0-9]{8}T[0-9]{6}\|[0-9a-f-]{36}\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SortKey();
}
