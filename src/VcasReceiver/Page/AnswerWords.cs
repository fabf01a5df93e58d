using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VcasReceiver.Page;

/// <summary>The coded reasons that an answer may carry, with what each means: as the published schema says it.</summary>
internal static partial class AnswerWords
{
    /// <summary>The reasons for a rejection, from the contract.</summary>
    public static readonly IReadOnlyList<(string Word, string Meaning)> Rejections = ReasonsOf("referral.rejected.v1");

    /// <summary>The reasons for a closure, from the contract.</summary>
    public static readonly IReadOnlyList<(string Word, string Meaning)> Closures = ReasonsOf("referral.closed.v1");

    private static readonly Regex CaseReference = new(
        (string)Data("referral.accepted.v1")["caseReference"]!["pattern"]!, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Whether VCAS's own reference may leave like this.</summary>
    public static bool IsCaseReference(string text) => CaseReference.IsMatch(text) && !text.Contains('\n', StringComparison.Ordinal);

    /// <summary>suspectMayReturn reads "Suspect may return".</summary>
    public static string Said(string word) => word.Length == 0
        ? ""
        : (char.ToUpperInvariant(word[0]) + NewWord().Replace(word[1..], found => " " + found.Value.ToLowerInvariant()))
            // The one word that had an apostrophe before it became a code.
            .Replace("hildrens ", "hildren's ", StringComparison.Ordinal);

    private static JsonNode Data(string name) => JsonNode.Parse(ReferralContract.Schema(name))!["properties"]!["data"]!["properties"]!;

    // "atCapacity: no worker is free in time. outOfArea: …"
    private static List<(string, string)> ReasonsOf(string name)
    {
        var reason = Data(name)["reason"]!;
        return [.. reason["enum"]!.AsArray().Select(word =>
            ((string)word!, Regex.Match(
                (string)reason["description"]!,
                $@"\b{word}: (?<meaning>.+?)\.( |$)",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)).Groups["meaning"].Value))];
    }

    [GeneratedRegex("[A-Z]|(?<=[a-z])[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NewWord();
}
