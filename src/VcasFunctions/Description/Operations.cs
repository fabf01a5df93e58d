using System.Text.Json.Nodes;
using VcasFunctions.Health;
using VcasFunctions.Nightly;
using VcasFunctions.Offers;

namespace VcasFunctions.Description;

/// <summary>
/// The table of what the functions household. A function that is missing here is missing in the description, and a test says so.
/// </summary>
internal static partial class Operations
{
    private const string OffersTag = "Offers";
    private const string TasksTag = "Tasks";
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
        .. OfOffers,
        .. OfTasks,
        .. OfDangers,
        .. OfCallBacks,
        .. OfReferrals,
        .. OfReports,
        new(nameof(WhoAmI), ServiceTag, "Say who I am here and what I may do")
        {
            Successes = [new(200, "The roles, teams and operations of whoever is signed in.", typeof(WhoAmIAnswer), Json)],
        },
        .. OfRecords,
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
        new(nameof(ReadMaintenance), ServiceTag, "Say what the last night did, and how old the keys are")
        {
            Description = "With the last verification of the audit, the newest backup, and what the next night erases. "
                + "No household is in it, and nothing of a key but how old it is and whether it is the same as another.",
            Successes = [new(200, "How the service is kept.", typeof(MaintenanceView), Json)],
        },
        new(nameof(ReadDescription), ServiceTag, "Describe this API")
        {
            Successes = [new(200, "This document.", typeof(JsonObject), Json)],
        },
    ];
}
