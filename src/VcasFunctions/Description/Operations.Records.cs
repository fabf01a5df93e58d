using System.Text.Json.Nodes;
using Vcas.Domain.Audit;
using Vcas.Domain.Reporting;
using VcasFunctions.Audit;
using VcasFunctions.Offers;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;

namespace VcasFunctions.Description;

// The figures, what is kept of a household, and who has looked at it.
internal static partial class Operations
{
    private static Operation[] OfReports =>
    [
        new(nameof(ReportUptake), ReportsTag, "Report the uptake")
        {
            Description =
                "Counts households, not people, by the day of the offer. Accept: text/csv gives CSV too. "
                + "CSV is made for publication unless publish is false: "
                + "counts from 1 to 4 read few, and what would give them away reads withheld.",
            Query =
            [
                new("from", typeof(DateOnly), "First day, London. Without it, the start of the scheme."),
                new("to", typeof(DateOnly), "Last day, London. Without it, today."),
                new(
                    "by",
                    typeof(UptakeBy),
                    "How it is broken down; a financial year begins in April. finest, the default for publication, is as fine as can be.",
                    "total"),
                new("publish", typeof(bool), "Whether to hide small numbers for publication; the default for CSV."),
                new("format", typeof(ReportFormat), "The format of the answer.", "json"),
            ],
            Successes = [new(200, "The figures.", typeof(UptakeAnswer), Json, Csv)],
        },
        new(nameof(ImportHistory), ReportsTag, "Import offers made before the system")
        {
            Description =
                "Columns: reference, offeredAt, answer, and if known team, callBack, calledAt, direction. All rows are imported, or none. "
                + "The same file again changes nothing. A corrected file corrects.",
            Request = typeof(string),
            RequestContentType = Csv,
            Example = "reference,offeredAt,team,answer,callBack,calledAt\nH1,2022-03-04,north,declined,accepted,2022-03-25\n",
            Query = [new("preview", typeof(bool), "Only check.", JsonValue.Create(false))],
            Successes = [new(200, "What became of the file.", typeof(HistoryAnswer), Json)],
        },
    ];

    private static Operation[] OfRecords =>
    [
        new(nameof(PlaceDisclosureHold), OffersTag, "Keep a household from being erased")
        {
            Description = "For what may have to be disclosed. Possible in every state until the household is erased. It stops no call. "
                + "At its review the supervisor is told, and it goes on until somebody releases it. "
                + "Send another date to put the review off. The answer has no person in it.",
            Request = typeof(DisclosureHoldRequest),
            Example = """{"reason":"cpia","reviewAt":"2027-06-01T09:00:00Z"}""",
            Successes = [new(200, "The hold as it stands now; the same again changes nothing.", typeof(DisclosureHoldAnswer), Json)],
            Changes = true,
        },
        new(nameof(ReleaseDisclosureHold), OffersTag, "Let a household be erased again")
        {
            Description = "The next night erases it if its time is over. The answer says whether somebody asked for erasure meanwhile.",
            Successes = [new(200, "Released; again changes nothing.", typeof(DisclosureHoldAnswer), Json)],
            Changes = true,
        },
        new(nameof(EraseHousehold), OffersTag, "Erase a household's people")
        {
            Description = "This can't be undone. The household's course stays as codes and times, and so do the figures. "
                + "Refused while a call-back or a referral is open, and under a disclosure hold.",
            Request = typeof(ErasureRequest),
            Example = """{"reason":"dataSubjectRequest"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ExportHousehold), OffersTag, "Export all that is kept of a household")
        {
            Description = "Includes who has looked at it and why.",
            Query = [new("reason", typeof(ReadReason), "Why it is exported.") { IsRequired = true }],
            Successes = [new(200, "Everything that is kept.", typeof(HouseholdExport), Json)],
        },
        new(nameof(ExportAudit), AuditTag, "Export the audit")
        {
            Description = "Who did what with whose data, when, why, and who received it. Day by day, oldest first.",
            Query =
            [
                new("from", typeof(DateOnly), "First day, UTC. Without it, a month ago."),
                new("to", typeof(DateOnly), "Last day, UTC. Without it, today. At most 366 days."),
                new("offerId", typeof(Guid), "Only of this household, and then as many days as you like."),
                new("reference", typeof(string), "The same, by its short reference."),
                new("kind", typeof(AuditKind), "Only what was done in this way."),
                new("actor", typeof(string), "Only of this person (a directory id) or role."),
                new("format", typeof(AuditFormat), "The format of the answer.", "csv"),
            ],
            Successes = [new(200, "The entries.", typeof(AuditLine), "application/x-ndjson", Csv)],
        },
        new(nameof(VerifyAudit), AuditTag, "Verify that the audit is whole")
        {
            Description = "Names each entry that is missing or altered, each chain whose end is gone, and each day without an anchor.",
            Query =
            [
                new("from", typeof(DateOnly), "First day, UTC. Without it, a week ago."),
                new("to", typeof(DateOnly), "Last day, UTC. Without it, today. At most 92 days."),
                new("offerId", typeof(Guid), "Only this household, on any day."),
            ],
            Successes = [new(200, "What was found.", typeof(AuditVerification), Json)],
        },
    ];
}
