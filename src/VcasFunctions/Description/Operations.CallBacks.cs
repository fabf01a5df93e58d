
using Vcas.Domain.Households;
using VcasFunctions.CallBacks;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Description;

// What callers and their supervisors do with a call-back.
internal static partial class Operations
{
    private static Operation[] OfCallBacks =>
    [
        new(nameof(ListCallBacks), CallBacksTag, "List call-backs")
        {
            Description = "Due calls come with the highest risk first, then the oldest; waiting and held calls by their time. "
                + "The list has no names and no numbers.",
            Query =
            [
                new("state", typeof(CallBackListState), "Which part of the list.", "due"),
                new("team", typeof(string), "Only of this team: the one that made the offer, or the one that calls."),
                new("assignee", typeof(string), "Only calls assigned to me, to none, or to the person with this directory id."),
                new("road", typeof(ContactRoad), "Only those to be phoned, or only those to be visited."),
                new("needsSafeRoute", typeof(bool), "true: only households to which no safe route is known. false: only the others."),
                new("after", typeof(string), "The value of next from the page before."),
                new("limit", typeof(int), "Call-backs a page, 1 to 200; with plan, 1 to 1000.", 50),
                new("plan", typeof(bool), "true: what waits and how much is held too, so that an hour is planned from one answer."),
            ],
            Successes = [new(200, "A page of the list.", typeof(CallBackPage), Json)],
        },
        new(nameof(ClaimCallBack), CallBacksTag, "Say that I am calling")
        {
            Description = "Opens one call that is due, and shows the number. Nobody else can claim the call meanwhile; "
                + "they are told who is calling and since when. "
                + "The claim ends with the outcome, when you give it back, or by itself. If you claim the call again, the claim goes on. "
                + "If somebody is calling the same number under another household, the claim is refused. If it was called under another "
                + "household lately, the claim is refused until you send sameNumberChecked true. "
                + "case says whether another household of the investigation was called. The body can be left out.",
            Request = typeof(ClaimRequest),
            IsRequestOptional = true,
            Example = """{"sameNumberChecked":true}""",
            Successes = [new(200, "The household, with the claim.", typeof(OfferView), Json)],
            Changes = true,
        },
        new(nameof(ReleaseClaim), CallBacksTag, "Give a claimed call back")
        {
            Description = "You can give back your own claim. A supervisor can end anybody's.",
            Successes = [new(200, "Nobody is calling any more.", typeof(ReleaseAnswer), Json)],
            Changes = true,
        },
        new(nameof(RecordAttempt), CallBacksTag, "Record an attempt to call, or that the household rang")
        {
            Description = "Make a new attemptId for each call. The same one sent again is recorded once. "
                + "unsafeToCall needs a reason, callLater needs callAgainAt. "
                + "direction incoming says that the household got in touch by itself. "
                + "Whoever answered records that, with any outcome, at any time. It ends no hold. "
                + "by says how the attempt was made. A visit is taken at any time too. By letter, email and professional take messageLeft, "
                + "unsafeToCall and died. email and professional need such a route to be known. "
                + "contact replaces what is known of how to reach them before anything else follows.",
            Request = typeof(AttemptRequest),
            Example = """{"attemptId":"20000000-0000-4000-8000-000000000001","outcome":"noAnswer","safetyChecked":true}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(UndoAttempt), CallBacksTag, "Undo an attempt that you have just recorded")
        {
            Description = "The household goes back to what it was before, and the attempt counts no more. It stays in the trail as undone. "
                + "Only whoever recorded it can undo it, for as many seconds as undoSeconds says (and a few more for a slow line), as long "
                + "as nothing else has happened. doNotContact is not undone: a supervisor takes it back. Sent again, it changes nothing.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(PlaceHold), CallBacksTag, "Hold a call-back")
        {
            Description = "Nobody phones until somebody releases the hold. The supervisor is told at reviewAt, "
                + "and again until a person releases or extends it. A hold never ends by time. Send another date to extend it.",
            Request = typeof(HoldRequest),
            Example = """{"reason":"suspectAtAddress","reviewAt":"2024-04-15T09:00:00Z"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(PlanVisit), CallBacksTag, "Plan a visit")
        {
            Description = "Somebody goes there, or writes a letter by hand, although a number is known. If the number is wrong, this ends "
                + "the hold and the number is used no more. Another number ends it.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ReleaseHold), CallBacksTag, "Release a hold") { Successes = Household, Changes = true },
        new(nameof(ReassignCallBack), CallBacksTag, "Assign a call-back to somebody else")
        {
            Request = typeof(AssigneeRequest),
            Example = """{"team":"call-back","person":"6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(OpenCallHours), CallBacksTag, "Open call-back hours for one household")
        {
            Description = "For a household that is safe only outside the team's call-back hours, on Saturdays for example. "
                + "A planned call moves into them. Hours that include no safe one are refused.",
            Request = typeof(CallHoursRequest),
            Example = """{"days":["saturday"],"from":"10:00","to":"12:00"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ApplyPolicy), CallBacksTag, "Apply the policy in force")
        {
            Description = "Only this applies a changed policy to a household that already waits, "
                + "and only before its first call.",
            Successes = Household,
            Changes = true,
        },
    ];
}
