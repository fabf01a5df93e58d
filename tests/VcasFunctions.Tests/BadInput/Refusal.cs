namespace VcasFunctions.Tests.BadInput;

/// <summary>A request that must be refused.</summary>
/// <param name="State">Of the household that it is about.</param>
/// <param name="Method">HTTP's.</param>
/// <param name="Path">With <c>{id}</c> for the household.</param>
/// <param name="Body">JSON; null for none.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="Code">Of the problem.</param>
public sealed record Refusal(string State, string Method, string Path, string? Body, int Status, int Code)
{
    private const string Attempt = "call-backs/{id}/attempts";
    private const string Hold = "call-backs/{id}/hold";
    private const string Assignee = "call-backs/{id}/assignee";
    private const string Policy = "call-backs/{id}/policy";
    private const string Contact = "offers/{id}/contact";
    private const string Acceptance = "offers/{id}/acceptance";
    private const string Details = "offers/{id}/details";
    private const string Reopening = "offers/{id}/reopening";
    private const string Danger = "offers/{id}/danger";
    private const string DangerAcknowledgement = "offers/{id}/danger/acknowledgement";
    private const string DangerAction = "offers/{id}/danger/action";
    private const string Sending = "referrals/{id}/sending";
    private const string Welfare = "offers/{id}/danger/welfare-contact";
    private const string Withdrawal = "offers/{id}/withdrawal";
    private const string Never = "offers/{id}/never/withdrawal";
    private const string Duplicate = "offers/{id}/duplicate";
    private const string Erasure = "offers/{id}/erasure";
    private const string DisclosureHold = "offers/{id}/disclosure-hold";
    private const string Amendment = "referrals/{id}/amendment";
    private const string ReferralWithdrawal = "referrals/{id}/withdrawal";

    /// <summary>What the state of the household, or a rule, forbids.</summary>
    public static readonly IReadOnlyList<Refusal> ByRule =
    [
        new("waiting", "PUT", "call-backs/{id}/call-hours", """{"days":[],"from":"10:00","to":"12:00"}""", 422, 1005),
        new(
            "doNotContact",
            "POST",
            Attempt,
            Tried("callLater", ""","callAgainAt":"2024-03-13T10:00:00Z","direction":"incoming" """),
            409,
            3011),
        new("withdrawn", "POST", Attempt, Tried("declined", ""","direction":"incoming" """), 409, 3011),
        new("erased", "POST", Attempt, Tried("accepted", ""","direction":"incoming" """), 409, 2012),
        new("due", "POST", Attempt, Tried("accepted", ""","direction":"inwards" """), 400, 1002),
        new("waiting", "POST", Attempt, Tried("noAnswer"), 409, 3001),
        new("held", "POST", Attempt, Tried("noAnswer"), 409, 3007),
        new("referred", "POST", Attempt, Tried("accepted"), 409, 2005),
        new("doNotContact", "POST", Attempt, Tried("noAnswer"), 409, 2005),
        new("withdrawn", "POST", Attempt, Tried("noAnswer"), 409, 2005),
        new("due", "POST", Attempt, """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"noAnswer"}""", 422, 3002),
        new(
            "due",
            "POST",
            Attempt,
            """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"noAnswer","safetyChecked":false}""",
            422,
            3002),
        new("due", "POST", Attempt, Tried("unsafeToCall"), 422, 3003),
        new("due", "POST", Attempt, Tried("callLater"), 422, 3004),
        new("due", "POST", Attempt, Tried("callLater", ""","callAgainAt":"2024-03-11T09:59:00Z" """), 422, 3005),
        new("due", "POST", Attempt, Tried("callLater", ""","callAgainAt":"2024-09-11T10:00:00Z" """), 422, 3005),
        new("due", "POST", Attempt, Tried("callLater", ""","callAgainAt":"2024-03-11T23:00:00Z" """), 422, 3006),
        new("due", "POST", Attempt, Tried("callLater", ""","callAgainAt":"2024-03-16T10:00:00Z" """), 422, 3006),
        new("due", "PUT", Hold, """{"reason":"bailChanged","reviewAt":"2024-03-11T09:00:00Z"}""", 422, 3005),
        new("referred", "PUT", Hold, """{"reason":"bailChanged","reviewAt":"2024-03-18T09:00:00Z"}""", 409, 2005),
        new("wrongNumber", "PUT", Hold, """{"reason":"bailChanged","reviewAt":"2024-03-18T09:00:00Z"}""", 409, 3009),
        new("waiting", "DELETE", Hold, null, 409, 3008),
        new("due", "DELETE", Hold, null, 409, 3008),
        new("wrongNumber", "DELETE", Hold, null, 409, 3009),
        new("waiting", "PUT", Assignee, """{"team":"nobody"}""", 422, 5002),
        new("referred", "PUT", Assignee, """{"person":"6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60"}""", 409, 2005),
        new("due", "POST", Policy, null, 409, 2009),
        new("referred", "POST", Policy, null, 409, 2009),
        new("withdrawn", "POST", Acceptance, "{}", 409, 2006),
        new("doNotContact", "POST", Acceptance, "{}", 409, 2007),
        new("referred", "PUT", Contact, """{"routes":[]}""", 422, 2001),
        new("referred", "PUT", Contact, """{"routes":[{"kind":"email","email":"sam@example.org"}]}""", 422, 2001),
        new("waiting", "PUT", Contact, """{"phone":"07700 900456","routes":[]}""", 422, 2076),
        new("wrongNumber", "POST", Acceptance, """{"contact":{"phone":"07700 900123"}}""", 409, 3009),
        new("referralClosed", "POST", Acceptance, """{"acceptedAt":"2024-03-11T10:01:00Z"}""", 409, 4002),
        new("waiting", "POST", Acceptance, """{"acceptedAt":"2024-03-12T10:00:00Z"}""", 422, 2010),
        new("waiting", "POST", Acceptance, """{"acceptedAt":"2024-03-11T09:00:00Z"}""", 422, 2010),
        new("waiting", "POST", Acceptance, """{"contact":{"phone":"07700 900456","ageBand":"from12To15"}}""", 422, 2002),
        new("declinedAgain", "POST", Withdrawal, """{"reason":"moved"}""", 409, 2008),
        new("withdrawn", "POST", Withdrawal, """{"reason":"duplicate"}""", 409, 2008),
        new("waiting", "POST", Erasure, """{"reason":"dataSubjectRequest"}""", 409, 2011),
        new("referred", "POST", Erasure, """{"reason":"dataSubjectRequest"}""", 409, 2011),
        new("disclosure", "POST", Erasure, """{"reason":"recordedInError"}""", 409, 2065),
        new("waiting", "PUT", DisclosureHold, """{"reason":"cpia","reviewAt":"2024-03-11T09:00:00Z"}""", 422, 2066),
        new("waiting", "PUT", DisclosureHold, """{"reason":"cpia","reviewAt":"2034-03-12T09:00:00Z"}""", 422, 2066),
        new("erased", "PUT", DisclosureHold, """{"reason":"cpia","reviewAt":"2024-06-11T09:00:00Z"}""", 409, 2012),
        new("waiting", "PUT", Details, """{"consent":{"yesTo":["beingCalled"],"noTo":["beingCalled"]}}""", 422, 2061),
        new("waiting", "POST", Acceptance, """{"consent":{"noTo":["beingReferred"]}}""", 422, 2062),
        new("waiting", "PUT", Details, """{"consent":{"noTo":["beingAskedAgain"]}}""", 422, 2063),
        new("due", "POST", Attempt, Tried("doNotContact", ""","consent":{"yesTo":["beingCalled"]} """), 422, 2064),
        new("waiting", "PUT", Details, """{"consent":{"yesTo":["beingCalled"],"at":"2024-03-11T10:06:00Z"}}""", 422, 2067),
        new("erased", "POST", Acceptance, """{"householdAsked":true,"contact":{"phone":"07700 900456"}}""", 409, 2012),
        new("erased", "POST", Danger, """{"risks":["violence"]}""", 409, 2012),
        new("waiting", "POST", DangerAcknowledgement, null, 409, 2021),
        new("waiting", "POST", DangerAction, """{"action":"welfareCheck"}""", 409, 2021),
        new("danger", "POST", DangerAction, """{"action":"safeguardingNotification"}""", 422, 2022),
        new("danger", "POST", DangerAction, """{"action":"none"}""", 422, 2023),
        new("erased", "POST", Welfare, Made("spokenTo"), 409, 2012),
        new("danger", "POST", Welfare, Made("spokenTo"), 409, 2025),
        new("seenTo", "POST", Welfare, Made("noAnswer"), 409, 2026),
        new("waiting", "POST", Sending, null, 409, 4001),
        new("referred", "POST", Sending, null, 409, 4011),
        new("referralClosed", "POST", Sending, null, 409, 4012),
        new("erased", "POST", Sending, null, 409, 2012),
        new("waiting", "POST", Reopening, """{"reason":"closedInError"}""", 409, 2024),
        new("referred", "POST", Reopening, """{"reason":"closedInError"}""", 409, 2024),
        new("doNotContact", "POST", Reopening, """{"reason":"other"}""", 409, 2024),
        new("erased", "POST", Reopening, """{"reason":"other"}""", 409, 2012),
        new("withdrawn", "PUT", Details, """{"risks":["violence"]}""", 409, 2005),
        new("referred", "PUT", Details, """{"answer":"notAsked"}""", 409, 2042),
        new("due", "PUT", Details, """{"offeredAt":"2024-02-01T09:00:00Z"}""", 409, 2043),
        new("waiting", "PUT", Details, """{"household":{"people":[{"relationship":"child","ageBand":"under5"}]}}""", 422, 2002),
        new("withdrawn", "PUT", Contact, """{"phone":"07700 900456"}""", 409, 2005),
        new("wrongNumber", "PUT", Contact, """{"phone":"07700 900123"}""", 409, 3009),
        new("waiting", "PUT", Contact, """{"phone":"07700 900456","ageBand":"under5"}""", 422, 2002),
        new("waiting", "POST", Duplicate, """{"of":"{id}"}""", 422, 2051),
        new("waiting", "POST", Never, """{"reason":"other"}""", 409, 2031),
        new("noNumber", "POST", Attempt, Tried("noAnswer"), 409, 3032),
        new("due", "POST", Attempt, Tried("messageLeft", ""","by":"email" """), 409, 3035),
        new("due", "POST", Attempt, Tried("wrongNumber", ""","by":"visit" """), 422, 3033),
        new("due", "POST", Attempt, Tried("messageLeft"), 409, 3034),
        new("due", "PUT", Hold, """{"reason":"neverToBeCalled","reviewAt":"2024-03-15T09:00:00Z"}""", 422, 3031),
        new("waiting", "POST", Amendment, """{"risks":["violence"]}""", 409, 4001),
        new("referralClosed", "POST", Amendment, """{"risks":["violence"]}""", 409, 4002),
        new("referred", "POST", Amendment, """{"contact":{"phone":"07700 900456","ageBand":"under5"}}""", 422, 2002),
        new("waiting", "POST", ReferralWithdrawal, """{"reason":"moved"}""", 409, 4001),
        new("referralClosed", "POST", ReferralWithdrawal, """{"reason":"moved"}""", 409, 4002),
    ];

    /// <summary>Small requests whose body can't be read, or lacks what it must have.</summary>
    public static readonly IReadOnlyList<Refusal> ByBody =
    [
        .. new[]
        {
            Attempt, Hold, Assignee, Contact, Details, Acceptance, Withdrawal, Duplicate, Never, Reopening, Danger, DangerAction, Erasure,
            Amendment, DisclosureHold,
            ReferralWithdrawal,
        }
            .SelectMany(path => new[]
            {
                new Refusal("waiting", MethodOf(path), path, "", 400, 1001),
                new Refusal("waiting", MethodOf(path), path, "{", 400, 1001),
                new Refusal("waiting", MethodOf(path), path, "null", 400, 1001),
                new Refusal("waiting", MethodOf(path), path, "[]", 400, 1002),
                new Refusal("waiting", MethodOf(path), path, """{"misspelt":1}""", 400, 1003),
                new Refusal("waiting", MethodOf(path), path, null, 415, 1009),
            }),
        new("due", "POST", Attempt, "{}", 422, 1005),
        new("due", "POST", Attempt, """{"outcome":"noAnswer","safetyChecked":true}""", 422, 1005),
        new("due", "POST", Attempt, """{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001"}""", 422, 1005),
        new(
            "due",
            "POST",
            Attempt,
            """{"attemptId":"00000000-0000-0000-0000-000000000000","outcome":"noAnswer","safetyChecked":true}""",
            400,
            1004),
        new("due", "POST", Attempt, """{"attemptId":"one"}""", 400, 1002),
        new("due", "POST", Attempt, Tried("picked up"), 400, 1002),
        new("due", "POST", Attempt, Tried("noAnswer", ""","safetyChecked":"yes" """), 400, 1002),
        new("waiting", "PUT", Hold, "{}", 422, 1005),
        new("waiting", "PUT", Hold, """{"reason":"bailChanged"}""", 422, 1005),
        new("waiting", "PUT", Hold, """{"reason":"because","reviewAt":"2024-03-18T09:00:00Z"}""", 400, 1002),
        new("waiting", "PUT", Hold, """{"reason":"bailChanged","reviewAt":"soon"}""", 400, 1002),
        new("waiting", "PUT", Assignee, "{}", 422, 1005),
        new("waiting", "PUT", Assignee, """{"person":"Alex Example"}""", 422, 1005),
        new("waiting", "PUT", Assignee, """{"person":"alex@example.police.uk"}""", 422, 1005),
        new("waiting", "PUT", Assignee, """{"person":"6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60\n"}""", 422, 1005),
        new("waiting", "PUT", Assignee, """{"person":"bluebell"}""", 422, 1005),
        new("waiting", "PUT", Contact, "{}", 422, 1005),
        new("waiting", "PUT", Contact, """{"phone":"unknown"}""", 422, 1005),
        new("waiting", "POST", Acceptance, """{"acceptedAt":"yesterday"}""", 400, 1002),
        new("waiting", "POST", Acceptance, """{"contact":{"phone":"unknown"}}""", 422, 1005),
        new("waiting", "POST", Withdrawal, "{}", 422, 1005),
        new("waiting", "POST", Withdrawal, """{"reason":"changed their mind"}""", 400, 1002),
        new("waiting", "POST", Duplicate, "{}", 422, 1005),
        new("waiting", "POST", Duplicate, """{"of":"CB-000001"}""", 400, 1002),
        new("withdrawn", "POST", Reopening, "{}", 422, 1005),
        new("withdrawn", "POST", Reopening, """{"reason":"they rang"}""", 400, 1002),
        new("withdrawn", "POST", Danger, "{}", 422, 1005),
        new("withdrawn", "POST", Danger, """{"risks":[],"childMayBeDirectVictim":false}""", 422, 1005),
        new("waiting", "POST", Danger, """{"risks":["selfHarm","other"]}""", 422, 1005),
        new("waiting", "POST", Danger, """{"risks":["fire"]}""", 400, 1002),
        new("waiting", "POST", Danger, """{"childMayBeDirectVictim":"perhaps"}""", 400, 1002),
        new("danger", "POST", DangerAction, "{}", 422, 1005),
        new("danger", "POST", DangerAction, """{"action":"phoned"}""", 400, 1002),
        new("danger", "POST", DangerAction, """{"action":"safeguardingNotification","reference":"a\nb"}""", 422, 1005),
        new("waiting", "PUT", Details, """{"consent":{"noTo":[]}}""", 422, 1005),
        new("waiting", "PUT", Details, """{"consent":{"yesTo":["everything"]}}""", 400, 1002),
        new("waiting", "PUT", Details, """{"consent":{"yesTo":["beingCalled"],"wordsVersion":"as Alex said"}}""", 422, 1005),
        new("waiting", "PUT", DisclosureHold, "{}", 422, 1005),
        new("waiting", "PUT", DisclosureHold, """{"reason":"because","reviewAt":"2024-06-11T09:00:00Z"}""", 400, 1002),
        new("waiting", "PUT", Details, """{"crimeReference":"for Alex: ring"}""", 422, 1005),
        new("waiting", "PUT", Details, """{"household":{"people":[{}]}}""", 422, 1005),
        new("waiting", "PUT", Details, """{"risks":["fire"]}""", 400, 1002),
        new("withdrawn", "POST", Erasure, "{}", 422, 1005),
        new("withdrawn", "POST", Erasure, """{"reason":"they asked"}""", 400, 1002),
        new("referred", "POST", Amendment, """{"household":{"people":[{}]}}""", 422, 1005),
        new("referred", "POST", ReferralWithdrawal, "{}", 422, 1005),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Method} {Path} {Body} → {Status} {Code}";

    private static string MethodOf(string path) => path is Hold or Assignee or Contact or Details or DisclosureHold ? "PUT" : "POST";

    private static string Tried(string outcome, string more = "")
    {
        var safe = more.Contains("safetyChecked", StringComparison.Ordinal) ? "" : ""","safetyChecked":true""";
        return $$"""{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"{{outcome}}"{{safe}}{{more}}}""";
    }

    private static string Made(string outcome) =>
        $$"""{"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be0aa","outcome":"{{outcome}}","safetyChecked":true}""";
}
