using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.CallBacks;
using VcasFunctions.Dangers;
using VcasFunctions.Health;
using VcasFunctions.Nightly;
using VcasFunctions.Notifications;
using VcasFunctions.Offers;
using VcasFunctions.People;
using VcasFunctions.Referrals;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;
using VcasFunctions.Tasks;
using static VcasFunctions.Access.Reach;
using static VcasFunctions.Access.Role;

namespace VcasFunctions.Description;

/// <summary>
/// Who may do what: the one place. A function that answers HTTP and doesn't stand here is shut for everybody, and a test says
/// so. The table in docs/access.md is printed from this.
/// </summary>
public static class AccessMatrix
{
    /// <summary>
    /// All lines, in the order in which people meet the functions. Where somebody has several roles, the trail names the first
    /// of them in the line: each begins with the role whose work it is.
    /// </summary>
    public static readonly IReadOnlyList<AccessLine> All =
    [
        .. OfOffers,
        .. OfTasks,
        .. OfDangers,
        .. OfCallBacks,
        .. OfReferrals,
        .. OfRecords,
        Everybody(nameof(WhoAmI)),
        Everybody(nameof(ReadDescription)),
        Open(nameof(ReadHealth)),
        // By its name: the pages stand on a floor above this one.
        Open("ServeConsole"),
        Open(nameof(OpenFromTeams)),
    ];

    /// <summary>The same, to be asked for a function.</summary>
    public static readonly AccessTable Table = new(All);

    private static AccessLine[] OfOffers =>
    [
        Line(nameof(RecordOffer), (Officer, OwnTeams), (Supervisor, OwnTeams)),
        // An administrator only where the household asks for its own data.
        Line(nameof(SearchOffers), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams), (Administrator, Any)),
        Line(nameof(FindMyOffers), (Officer, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(FindClosedOffers), (Supervisor, OwnTeams)),
        Line(nameof(ReadOffer), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(AcceptOffer), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(ChangeContact), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(CorrectDetails), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(WithdrawOffer), (Officer, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(MergeDuplicate), (Supervisor, OwnTeams), (Officer, OwnTeams), (Caller, OwnTeams)),
        Line(nameof(WithdrawDoNotCall), (Supervisor, OwnTeams)),
        Line(nameof(ReopenOffer), (Supervisor, OwnTeams)),
    ];

    // A team's deputy has the role of a supervisor, and is told by the settings whose.
    private static AccessLine[] OfTasks =>
    [
        // Callers see the numbers that were passed on to them, and nothing else of it.
        Line(nameof(ListTasks), (Supervisor, OwnTeams), (Caller, OwnTeams)),
        Line(nameof(PassOnNumber), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(OpenPassedNumber), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(ClosePassedNumber), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(ReadAbsence), (Supervisor, OwnTeams)),
        Line(nameof(RecordAbsence), (Supervisor, OwnTeams)),
        Line(nameof(EndAbsence), (Supervisor, OwnTeams)),
        Line(nameof(ListPeople), (Supervisor, OwnTeams), (Caller, OwnTeams)),
    ];

    private static AccessLine[] OfDangers =>
    [
        Line(nameof(ListDangers), (Supervisor, OwnTeams)),
        Line(nameof(RecordDanger), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(AcknowledgeDanger), (Supervisor, OwnTeams), (Caller, OwnTeams)),
        Line(nameof(RecordDangerAction), (Supervisor, OwnTeams)),
        Line(nameof(RecordWelfareContact), (Officer, OwnTeams), (Caller, OwnTeams), (Supervisor, OwnTeams)),
    ];

    private static AccessLine[] OfCallBacks =>
    [
        Line(nameof(ListCallBacks), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(ClaimCallBack), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(ReleaseClaim), (Caller, OwnTeams), (Supervisor, OwnTeams)),
        // Officers record only what a household said when it rang.
        Line(nameof(RecordAttempt), (Caller, OwnTeams), (Supervisor, OwnTeams), (Officer, OwnTeams)),
        // Each undoes what they recorded themselves.
        Line(nameof(UndoAttempt), (Caller, OwnTeams), (Supervisor, OwnTeams), (Officer, OwnTeams)),
        Line(nameof(PlaceHold), (Caller, OwnTeams), (Officer, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(PlanVisit), (Caller, OwnTeams), (Officer, OwnTeams), (Supervisor, OwnTeams)),
        Line(nameof(ReleaseHold), (Supervisor, OwnTeams), (Caller, OwnTeams)),
        Line(nameof(ReassignCallBack), (Supervisor, OwnTeams)),
        Line(nameof(OpenCallHours), (Supervisor, OwnTeams)),
        Line(nameof(ApplyPolicy), (Supervisor, OwnTeams)),
    ];

    private static AccessLine[] OfReferrals =>
    [
        Line(nameof(ListReferrals), (Supervisor, OwnTeams), (Role.Vcas, Any)),
        Line(nameof(AmendReferral), (Supervisor, OwnTeams), (Caller, OwnTeams)),
        Line(nameof(WithdrawReferral), (Supervisor, OwnTeams)),
        Line(nameof(SendReferralAgain), (Supervisor, OwnTeams)),
        Line(nameof(ListDeadLetters), (Supervisor, OwnTeams), (Administrator, Any)),
        Line(nameof(ReplayAnswer), (Supervisor, OwnTeams)),
        Line(nameof(SealReferrals), (Supervisor, OwnTeams)),
    ];

    private static AccessLine[] OfRecords =>
    [
        Line(nameof(ReportUptake), (Supervisor, Any), (Role.Vcas, Any), (Auditor, Any), (Administrator, Any)),
        Line(nameof(PlaceDisclosureHold), (Supervisor, OwnTeams), (Administrator, Any)),
        Line(nameof(ReleaseDisclosureHold), (Supervisor, OwnTeams), (Administrator, Any)),
        Line(nameof(EraseHousehold), (Administrator, Any)),
        Line(nameof(ExportHousehold), (Administrator, Any)),
        Line(nameof(ExportAudit), (Auditor, Any)),
        Line(nameof(VerifyAudit), (Auditor, Any), (Administrator, Any)),
        Line(nameof(ReadMaintenance), (Administrator, Any), (Auditor, Any)),
        Line(nameof(ImportHistory), (Administrator, Any)),
        Line(nameof(ReadHealthDetails), (Administrator, Any), (Supervisor, Any)),
    ];

    private static AccessLine Line(string function, params (Role Role, Reach Reach)[] grants) =>
        new(function, [.. grants.Select(grant => new Grant(grant.Role, grant.Reach))]);

    // Everybody who is signed in and has a role.
    private static AccessLine Everybody(string function) => new(function, [.. Enum.GetValues<Role>().Select(role => new Grant(role, Any))]);

    // Nobody has to sign in: nothing of a household, and nothing of the service that isn't meant for strangers, may be in it.
    private static AccessLine Open(string function) => new(function, []) { IsOpen = true };
}
