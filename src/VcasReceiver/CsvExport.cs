using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using VcasReceiver.Page;

namespace VcasReceiver;

/// <summary>
/// What is stored as a table that spreadsheets open: UTF-8 with a mark, and a text that a spreadsheet would calculate begins with
/// an apostrophe. A withdrawn referral's person is not in it.
/// </summary>
internal static class CsvExport
{
    private static readonly string[] Columns =
    [
        "reference", "referralId", "standing", "receivedAt", "changedAt", "version", "team", "crimeReference", "acceptedAt", "acceptedWhen",
        "people",
        "name", "phone", "voicemailAllowed", "safeTimes", "otherRoutes", "codeWord", "whoElseMayAnswer", "interpreterLanguage",
        "accessibilityNeeds", "relationship", "risks",
        "decidedAt", "reason", "caseReference",
    ];

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(IReadOnlyList<StoredReferral> referrals)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(
            text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var column in Columns) csv.WriteField(column);
            csv.NextRecord();
            foreach (var referral in referrals)
            {
                foreach (var field in Fields(referral)) csv.WriteField(field);
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<string?> Fields(StoredReferral referral)
    {
        var data = referral.Data is null || referral.Standing == Standing.Withdrawn ? null : JsonNode.Parse(referral.Data);
        var contact = data?["contact"];
        var (number, others) = contact is null ? (null, []) : ContactRoutes.Of(contact);
        return
        [
            referral.Reference, referral.Id, AnswerWords.Said(
                char.ToLowerInvariant(referral.Standing.ToString()[0]) + referral.Standing.ToString()[1..]),
            Instant(referral.ReceivedAt), Instant(referral.ChangedAt), referral.Version.ToString(CultureInfo.InvariantCulture),
            (string?)data?["referredBy"]?["team"], (string?)data?["crimeReference"], (string?)data?["acceptedAt"],
            (string?)data?["acceptedWhen"],
            data is null ? null : ReferralView.Household(referral),
            (string?)contact?["name"], number is null ? null : PhoneText.Spoken((string)number["phone"]!),
            (bool?)number?["voicemailAllowed"] is { } allowed ? (allowed ? "yes" : "no") : null,
            number is null ? null : ContactRoutes.SafeTimes(number),
            others.Count == 0 ? null : string.Join("; ", others.Select(ContactRoutes.Said)),
            (string?)contact?["codeWord"], (string?)contact?["whoElseMayAnswer"],
            (string?)contact?["interpreterLanguage"], (string?)contact?["accessibilityNeeds"],
            (string?)contact?["relationship"] is { } relationship ? AnswerWords.Said(relationship) : null, data is null
                ? null
                : ReferralView.Words(data["risks"]),
            referral.Last is { } last ? Instant(last.At) : null, referral.WithdrawnFor ?? referral.Last?.Reason,
            referral.Last?.CaseReference,
        ];
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
