using System.Text.Json.Nodes;
using Vcas.Domain.Audit;
using Vcas.Domain.Referrals;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Dangers;
using VcasFunctions.Health;
using VcasFunctions.Offers;
using VcasFunctions.Referrals;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;

namespace VcasFunctions.Api;

/// <summary>
/// The table of what the functions offer. A function that is missing here is missing in the description, and a test says so.
/// </summary>
internal static partial class Operations
{
    private const string OffersTag = "Offers";
    private const string DangersTag = "Dangers";
    private const string CallBacksTag = "Call-backs";
    private const string ReferralsTag = "Referrals";
    private const string ReportsTag = "Reports";
    private const string AuditTag = "Audit";
    private const string ServiceTag = "Service";
    private const string Csv = "text/csv";
    private const string Json = "application/json";

    private static readonly Success[] Household = [new(
        200, "The household as it stands now; the same again changes nothing.", typeof(OfferView), Json)];

    /// <summary>All of them, in the order in which people meet them.</summary>
    public static readonly IReadOnlyList<Operation> All =
    [
        new(nameof(RecordOffer), OffersTag, "Record an offer")
        {
            Description = "The officer's device makes the id, so a retry on a bad signal never records twice. "
                + "Only the answer is needed, and contact.phone where it is accepted. "
                + "With doNotContact, contact.phone is the number that is never to be called.",
            Request = typeof(OfferRequest),
            Example = """
                {"answer":"declined","offeredAt":"2024-03-04T06:15:00Z","team":"north",
                 "household":{"people":[{"relationship":"partner","ageBand":"adult"}]},
                 "contact":{"name":"Alex Example","phone":"07700 900123","safeTimes":[{"days":["monday"],"from":"09:30","to":"12:00"}]},
                 "risks":["suspectMayReturn"]}
                """,
            Successes =
            [
                new(201, "Recorded.", typeof(OfferView), Json), new(200, "Recorded before, by the same request.", typeof(OfferView), Json),
            ],
            Changes = true,
        },
        new(nameof(ReadOffer), OffersTag, "Read an offer")
        {
            Description = "With its state, its due instant, its attempts, its referral and its trail. Who opens it says why; "
                + "both are written down.",
            Query = [new("reason", typeof(ReadReason), "Why it is opened.") { IsRequired = true }],
            Successes = [new(200, "The offer.", typeof(OfferView), Json)],
        },
        new(nameof(AcceptOffer), OffersTag, "Accept at any later point")
        {
            Description = "A referral goes to VCAS now. An empty object will do.",
            Request = typeof(AcceptanceRequest),
            Example = """{"lawfulBasis":"publicTask"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ChangeContact), OffersTag, "Replace the safe route")
        {
            Description = "Before a call, after a wrong number (which releases its hold), or for a referral that "
                + "VCAS has (which amends it).",
            Request = typeof(ContactRequest),
            Example = """{"name":"Alex Example","phone":"07700 900456","voicemailAllowed":false}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawOffer), OffersTag, "Take an offer back")
        {
            Description = "A referral that was made is taken back with it.",
            Request = typeof(WithdrawalRequest),
            Example = """{"reason":"moved"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawNever), OffersTag, "Take back that a number never be called")
        {
            Description = "For a supervisor of the household that asked for it. "
                + "Other households of the number that were held for it are free again; "
                + "this one stays closed.",
            Request = typeof(NeverWithdrawalRequest),
            Example = """{"reason":"recordedInError"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(CorrectDetails), OffersTag, "Correct what was recorded")
        {
            Description = "What is given replaces what was, which is kept beside it; what is left out stays. "
                + "A referral that was made is amended. A new route has its own request.",
            Request = typeof(DetailsRequest),
            Example = """{"crimeReference":"CRI/0002/24","risks":["suspectMayReturn"]}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ReopenOffer), OffersTag, "Undo a closing")
        {
            Description = "For what was closed or withdrawn by mistake: it waits for its time again, or for the next call-back hours. "
                + "Not after a referral, nor after doNotContact.",
            Request = typeof(ReopeningRequest),
            Example = """{"reason":"closedInError"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ListDangers), DangersTag, "List dangers")
        {
            Description = "Households in danger that nobody has acknowledged, or of which nobody has said what was done; oldest first. "
                + "No name and no number stands in it.",
            Successes = [new(200, "All of them.", typeof(DangerPage), Json)],
        },
        new(nameof(AcknowledgeDanger), DangersTag, "Acknowledge a danger")
        {
            Description = "Somebody knows of it and sees to it. Until then one recipient after another is told.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(RecordDangerAction), DangersTag, "Say what was done about a danger")
        {
            Description = "The same day. Several are recorded one after the other; it acknowledges the danger as well.",
            Request = typeof(DangerActionRequest),
            Example = """{"action":"safeguardingNotification","reference":"SG/0001/24"}""",
            Successes = Household,
            Changes = true,
        },
        .. OfCallBacks,
        new(nameof(ListReferrals), ReferralsTag, "List referrals")
        {
            Query = [new("state", typeof(ReferralState), "Only those in this state.")],
            Successes = [new(200, "The referrals, oldest first.", typeof(ReferralPage), Json)],
        },
        new(nameof(AmendReferral), ReferralsTag, "Amend a referral")
        {
            Description = "What is given replaces what was, what is left out stays. A referral that VCAS rejected is thereby made again.",
            Request = typeof(AmendmentRequest),
            Example = """{"risks":["violence"]}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawReferral), ReferralsTag, "Take a referral back")
        {
            Request = typeof(WithdrawalRequest),
            Example = """{"reason":"noLongerWanted"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ReportUptake), ReportsTag, "Report the uptake")
        {
            Description =
                "Households, not people, by when they were offered. CSV also by Accept: text/csv. "
                + "A file is made for publication unless publish is "
                + "false: counts from 1 to 4, and what would tell them, are few or withheld.",
            Query =
            [
                new("from", typeof(DateOnly), "First day, London; the scheme's beginning where it is left out."),
                new("to", typeof(DateOnly), "Last day, London; today where it is left out."),
                new(
                    "by",
                    typeof(UptakeBy),
                    "How it is broken down; finest, the usual for publication, is as fine as can be published.",
                    "total"),
                new("publish", typeof(bool), "As it may be published; the usual for CSV."),
                new("format", typeof(ReportFormat), "How it is answered.", "json"),
            ],
            Successes = [new(200, "The figures.", typeof(UptakeAnswer), Json, Csv)],
        },
        new(nameof(ImportHistory), ReportsTag, "Import offers made before the system")
        {
            Description =
                "Columns: reference, offeredAt, answer, and where known team, callBack, calledAt, direction. All rows or none; the same "
                + "file again changes nothing, a corrected one corrects.",
            Request = typeof(string),
            RequestContentType = Csv,
            Example = "reference,offeredAt,team,answer,callBack,calledAt\nH1,2022-03-04,north,declined,accepted,2022-03-25\n",
            Query = [new("preview", typeof(bool), "Only check.", JsonValue.Create(false))],
            Successes = [new(200, "What became of the file.", typeof(HistoryAnswer), Json)],
        },
        new(nameof(ReadMe), ServiceTag, "Say who I am here and what I may do")
        {
            Successes = [new(200, "The roles, teams and operations of whoever is signed in.", typeof(MeAnswer), Json)],
        },
        new(nameof(EraseHousehold), OffersTag, "Erase a household's people")
        {
            Description = "For good. Its course stays as codes and instants, and the figures with it. "
                + "Refused while a call-back or a referral is open.",
            Request = typeof(ErasureRequest),
            Example = """{"reason":"dataSubjectRequest"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ExportHousehold), OffersTag, "Export all that is kept of a household")
        {
            Description = "With who has looked at it and why.",
            Query = [new("reason", typeof(ReadReason), "Why it is exported.") { IsRequired = true }],
            Successes = [new(200, "All of it.", typeof(HouseholdExport), Json)],
        },
        new(nameof(ExportAudit), AuditTag, "Export the audit")
        {
            Description = "Who did what with whose data, when, why, and who received it; day by day, oldest first.",
            Query =
            [
                new("from", typeof(DateOnly), "First day, UTC; a month ago where it is left out."),
                new("to", typeof(DateOnly), "Last day, UTC; today where it is left out. At most 366 days."),
                new("offerId", typeof(Guid), "Of this household alone."),
                new("actor", typeof(string), "Of this person (a directory id) or role alone."),
                new("format", typeof(AuditFormat), "How it is answered.", "csv"),
            ],
            Successes = [new(200, "The entries.", typeof(AuditLine), "application/x-ndjson", Csv)],
        },
        new(nameof(VerifyAudit), AuditTag, "Verify that the audit is whole")
        {
            Description = "Names each entry that is missing or altered, each chain whose end is gone, and each day that is not held fast.",
            Query =
            [
                new("from", typeof(DateOnly), "First day, UTC; a week ago where it is left out."),
                new("to", typeof(DateOnly), "Last day, UTC; today where it is left out. At most 92 days."),
                new("offerId", typeof(Guid), "This household alone, on whatever day."),
            ],
            Successes = [new(200, "What was found.", typeof(AuditVerification), Json)],
        },
        new(nameof(ReadHealth), ServiceTag, "Say whether the app can do its work")
        {
            Successes =
            [
                new(200, "It can.", typeof(HealthAnswer), Json), new(503, "It can't reach its tables.", typeof(HealthAnswer), Json),
            ],
        },
        new(nameof(ReadHealthDetails), ServiceTag, "Say how each part that the app depends on is, and why")
        {
            Successes =
            [
                new(200, "All are up, or not known yet.", typeof(HealthDetails), Json),
                new(503, "One is down.", typeof(HealthDetails), Json),
            ],
        },
        new(nameof(ReadDescription), ServiceTag, "Describe this API")
        {
            Successes = [new(200, "This document.", typeof(JsonObject), Json)],
        },
    ];
}
