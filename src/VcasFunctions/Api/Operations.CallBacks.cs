using VcasFunctions.CallBacks;
using VcasFunctions.Offers;

namespace VcasFunctions.Api;

/// <summary>What callers and their supervisors do with a call-back.</summary>
internal static partial class Operations
{
    private static Operation[] OfCallBacks =>
    [
        new(nameof(ListCallBacks), CallBacksTag, "List call-backs")
        {
            Description = "What is due comes riskiest and oldest first; what waits or is held, by its time. "
                + "No name and no number stands in it.",
            Query =
            [
                new("state", typeof(CallBackListState), "Which part of the list.", "due"),
                new("team", typeof(string), "Only of this team, by whom it was offered or who calls."),
                new("assignee", typeof(string), "Only those assigned to me, to none, or to the person of this directory id."),
                new("after", typeof(string), "The next of the page before."),
                new("limit", typeof(int), "Call-backs a page, 1 to 200.", 50),
            ],
            Successes = [new(200, "A page of the list.", typeof(CallBackPage), Json)],
        },
        new(nameof(ClaimCallBack), CallBacksTag, "Say that I am calling")
        {
            Description = "Opens one call that is due, with the number. While it holds nobody else can claim it; "
                + "refused with who is calling and since when. "
                + "It ends with the outcome, when it is given back, or by itself; asked again by the same person it goes on.",
            Successes = [new(200, "The household, with the claim.", typeof(OfferView), Json)],
            Changes = true,
        },
        new(nameof(ReleaseClaim), CallBacksTag, "Give a claimed call back")
        {
            Description = "Its own caller's; a supervisor ends anybody's.",
            Successes = [new(200, "Nobody is calling any more.", typeof(ReleaseAnswer), Json)],
            Changes = true,
        },
        new(nameof(RecordAttempt), CallBacksTag, "Record an attempt to call, or that the household rang")
        {
            Description = "Make a new attemptId for each call; the same again records it once. "
                + "unsafeToCall needs a reason, callLater needs callAgainAt. "
                + "direction incoming says that the household got in touch by itself: "
                + "that takes every outcome at any time, whoever answered, and ends no hold.",
            Request = typeof(AttemptRequest),
            Example = """{"attemptId":"20000000-0000-4000-8000-000000000001","outcome":"noAnswer","safetyChecked":true}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(PlaceHold), CallBacksTag, "Hold a call-back")
        {
            Description = "Nobody phones until somebody releases it. At reviewAt the supervisor is told, "
                + "and again until a person releases or extends it: a hold never ends by time. Again with another date it is extended.",
            Request = typeof(HoldRequest),
            Example = """{"reason":"suspectAtAddress","reviewAt":"2024-04-15T09:00:00Z"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ReleaseHold), CallBacksTag, "Release a hold") { Successes = Household, Changes = true },
        new(nameof(ReassignCallBack), CallBacksTag, "Give a call-back to somebody else")
        {
            Request = typeof(AssigneeRequest),
            Example = """{"team":"call-back","person":"6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(OpenCallHours), CallBacksTag, "Open call-back hours for one household")
        {
            Description = "For a household whose safe hours the team's call-back hours never meet: Saturdays, evenings. "
                + "What is planned moves into them. Hours that don't meet its safe ones are refused.",
            Request = typeof(CallHoursRequest),
            Example = """{"days":["saturday"],"from":"10:00","to":"12:00"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ApplyPolicy), CallBacksTag, "Apply the policy in force")
        {
            Description = "A change of policy reaches a household that already waits only by this, "
                + "and only while its first call lies ahead.",
            Successes = Household,
            Changes = true,
        },
    ];
}
