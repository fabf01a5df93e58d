namespace VcasLocal.Running;

/// <summary>What is said once everything is up, by the process that is: where to look, who to be, and what to try.</summary>
internal static class Welcome
{
    private const string First = "1f0c3a52-7d4e-4b6a-9c11-0a5d3e8f2b01";
    private const string Second = "7b2e9d10-3c5f-4e87-a6d4-91c0f4b7e802";

    private static readonly string[] Roles = ["officer", "caller", "supervisor", "vcas", "auditor", "administrator"];

    /// <summary>Writes what <c>./run</c> says when everything has started.</summary>
    /// <param name="address">Where the app answers.</param>
    /// <param name="vcas">VCAS's page, with its key.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="seeded">What was seeded; null if nothing was.</param>
    /// <param name="hasCurl">Whether the lines below can be tried here.</param>
    public static string Text(Uri address, Uri vcas, RunOptions options, string? seeded, bool hasCurl)
    {
        var root = address.GetLeftPart(UriPartial.Authority);
        var answers = options.Fast ? "it answers by itself, for two working days pass in seconds" : "referrals wait there for an answer";
        var curl = hasCurl ? "" : "\nThe lines below need curl, which is not on this machine's PATH. The pages need nothing.";
        return $"""

            VcasFunctions is up at {root} (process {Environment.ProcessId}, data in {options.Data}).

              The web pages:  {root}/console   (choose who to be)
              VCAS's page:    {vcas}   ({answers})
            {(seeded is null ? "" : $"\n{seeded}\n")}
            Or try it from another terminal. Get a token for a role (valid for 1 hour):{curl}

            {string.Join('\n', Roles.Select(role => $"  {role + ":",-15} curl -sX POST '{Token(root, role)}'"))}

              # A household accepts at the door: the referral goes to VCAS, and can be answered on VCAS's page.
            {Put(root, First, "accepted", "Alex Example", "07700 900123")}
            {Get(root, $"offers/{First}?reason=ownRecord", "officer")}

              # A household declines: it is called back after three weeks.
            {Put(root, Second, "declined", "Sam Example", "07700 900456")}
            {Get(root, "call-backs?state=waiting", "caller")}

              # Let the time pass (or start with ./run --fast, where 21 days take a minute).
            {Send("POST", $"{root}/local/clock/advance", null, Weeks)}
            {Get(root, "call-backs?state=due", "caller")}
              curl -sw '\n' {root}/local/inbox

              # Somebody calls, and the household accepts.
            {Send("POST", $"{root}/api/call-backs/{Second}/attempts", As(root, "caller"), Attempt)}
            {Get(root, $"offers/{Second}?reason=callBack", "caller")}

              # The figures.
            {Get(root, "reports/uptake?by=month", "supervisor")}

            Ctrl-C stops it; what was recorded is there at the next start.

            """;
    }

    private const string Weeks = """{"by":"26.00:00:00"}""";

    private const string Attempt = """{"attemptId":"c4d8e6f2-5a1b-4f39-8e70-6b2d9a0c7f03","outcome":"accepted","safetyChecked":true}""";

    private static string Token(string root, string role) => $"{root}/local/identity/token?role={role}";

    // Each line gets its token by itself, so that each works when it is pasted alone, however late.
    private static string As(string root, string role) => $"-H \"Authorization: Bearer $(curl -sX POST '{Token(root, role)}')\" ";

    private static string Get(string root, string what, string role) =>
        $"""  curl -sw '\n' "{root}/api/{what}" {As(root, role).TrimEnd()}""";

    private static string Put(string root, string id, string answer, string name, string phone)
    {
        var contact = $$"""{"name":"{{name}}","phone":"{{phone}}"}""";
        return Send("PUT", $"{root}/api/offers/{id}", As(root, "officer"), $$"""{"answer":"{{answer}}","contact":{{contact}} }""");
    }

    private static string Send(string method, string address, string? token, string json) =>
        $"""  curl -sw '\n' -X {method} {address} {token}-H 'Content-Type: application/json' -d '{json}'""";
}
