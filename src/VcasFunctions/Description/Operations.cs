using System.Text.Json.Nodes;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Audit;
using VcasFunctions.Dangers;
using VcasFunctions.Health;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Referrals;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;

namespace VcasFunctions.Description;

/// <summary>
/// The table of what the functions household. A function that is missing here is missing in the description, and a test says so.
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
            Description = "The officer's device makes the id, so a retry on a bad signal never records an offer twice. "
                + "Only the answer is needed, and contact.phone if it is accepted. "
                + "With doNotContact, contact.phone is the number that nobody may ever call.",
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
            Description = "Gives its state, when it is due, its attempts, its referral and its trail. You must say why you open it. "
                + "The audit records who opened it and why.",
            Query = [new("reason", typeof(ReadReason), "Why it is opened.") { IsRequired = true }],
            Successes = [new(200, "The offer.", typeof(OfferView), Json)],
        },
        new(nameof(AcceptOffer), OffersTag, "Accept at any later point")
        {
            Description = "A referral goes to VCAS now. The body can be an empty object.",
            Request = typeof(AcceptanceRequest),
            Example = """{"lawfulBasis":"publicTask"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ChangeContact), OffersTag, "Replace the safe route")
        {
            Description = "Use it before a call, after a wrong number (it releases the hold), or for a referral that "
                + "VCAS has (it amends the referral).",
            Request = typeof(ContactRequest),
            Example = """{"name":"Alex Example","phone":"07700 900456","voicemailAllowed":false}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawOffer), OffersTag, "Take an offer back")
        {
            Description = "If there is a referral, it is taken back too.",
            Request = typeof(WithdrawalRequest),
            Example = """{"reason":"moved"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawDoNotCall), OffersTag, "Take back that a number never be called")
        {
            Description = "For a supervisor of the household that asked for it. "
                + "Other households with the number that were held for it are released. "
                + "This one stays closed.",
            Request = typeof(DoNotCallWithdrawalRequest),
            Example = """{"reason":"recordedInError"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(CorrectDetails), OffersTag, "Correct what was recorded")
        {
            Description = "What you send replaces the old value, which is kept too. What you leave out stays. "
                + "If there is a referral, it is amended. To change the safe route, replace the contact.",
            Request = typeof(DetailsRequest),
            Example = """{"crimeReference":"CRI/0002/24","risks":["suspectMayReturn"]}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ReopenOffer), OffersTag, "Undo a closing")
        {
            Description = "For an offer that was closed or withdrawn by mistake. It waits for its time again, "
                + "or for the next call-back hours. Not possible after a referral, or after doNotContact.",
            Request = typeof(ReopeningRequest),
            Example = """{"reason":"closedInError"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ListDangers), DangersTag, "List dangers")
        {
            Description = "Dangers that nobody has acknowledged, or for which nobody has said what was done; oldest first. "
                + "The list has no names and no numbers.",
            Successes = [new(200, "All of them.", typeof(DangerPage), Json)],
        },
        new(nameof(AcknowledgeDanger), DangersTag, "Acknowledge a danger")
        {
            Description = "Say that you know of it and will act. Until then the app tells one person after another.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(RecordDangerAction), DangersTag, "Say what was done about a danger")
        {
            Description = "Do this on the same day. Record several actions one after the other. It acknowledges the danger too.",
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
            Description = "What you send replaces the old value. What you leave out stays. "
                + "If VCAS had rejected the referral, it goes to VCAS again.",
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
                    "How it is broken down. finest, the default for publication, is as fine as can be published.",
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
        new(nameof(WhoAmI), ServiceTag, "Say who I am here and what I may do")
        {
            Successes = [new(200, "The roles, teams and operations of whoever is signed in.", typeof(WhoAmIAnswer), Json)],
        },
        new(nameof(EraseHousehold), OffersTag, "Erase a household's people")
        {
            Description = "This can't be undone. The household's course stays as codes and times, and so do the figures. "
                + "Refused while a call-back or a referral is open.",
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
                new("offerId", typeof(Guid), "Only of this household."),
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
