using CsCheck;
using Microsoft.AspNetCore.Http;
using Vcas.Domain;
using Vcas.Domain.Offers;
using VcasFunctions.CallBacks;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Referrals;
using VcasFunctions.Reporting;

namespace Fuzz.Parsers;

/// <summary>What a caller of the API sends: bodies and queries. Everything wrong is a numbered problem.</summary>
internal static class Requests
{
    private static readonly byte[][] Examples =
    [
        """
        {"answer":"declined","offeredAt":"2024-03-11T09:00:00Z","team":"north","crimeReference":"CR/1-24","lawfulBasis":"publicTask",
         "household":{"people":[{"relationship":"partner","ageBand":"adult"}]},
         "contact":{"name":"Alex Example","phone":"07700 900123","voicemailAllowed":false,
         "safeTimes":[{"days":["monday"],"from":"09:30","to":"12:00"}],"codeWord":"bluebell","interpreterLanguage":"pl",
         "ageBand":"adult","isGuardian":false},"risks":["violence"],"childMayBeDirectVictim":true}
        """u8.ToArray(),
        """{"answer":"accepted","contact":{"phone":"+447700900123"}}"""u8.ToArray(),
        """{"answer":"doNotContact"}"""u8.ToArray(),
        """
        {"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"callLater","safetyChecked":true,"reason":"bailChanged",
         "callAgainAt":"2024-03-12T10:00:00Z"}
        """u8.ToArray(),
        """{"reason":"bailChanged","reviewAt":"2024-03-18T09:00:00+01:00"}"""u8.ToArray(),
        """{"person":"6b1f0000-0000-4000-8000-000000000001","team":"call-back"}"""u8.ToArray(),
    ];

    private static readonly byte[][] Words =
    [
        .. "{ } [ ] : , \" null true -0 1.5 /*x*/ \"answer\":\"declined\", \"risks\":[ {\"contact\": {\"a\":".Split(' ')
            .Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private static readonly Gen<byte[]> Bodies = Mutations.Bytes(Examples, Words);

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("offer-body", Bodies, body => Expect(body, (OfferRequest offer) => OfferTransitions.Record(
            Guid.NewGuid(),
            OfferReader.Read(offer, "north", Given.Monday),
            Given.Settings.Teams.Find("north"),
            Given.Settings.Policy,
            Given.Settings.SchemeStart,
            Given.Settings.Moment))),
        Parser.Of("small-bodies", Bodies, body =>
        {
            Expect(body, (AttemptRequest _) => { });
            Expect(body, (HoldRequest _) => { });
            Expect(body, (AssigneeRequest _) => { });
            Expect(body, (ContactRequest contact) => OfferReader.Read(contact));
            Expect(body, (AcceptanceRequest _) => { });
            Expect(body, (AmendmentRequest _) => { });
            Expect(body, (WithdrawalRequest _) => { });
        }),
        Parser.Of(
            "query",
            Mutations.Texts(
                ["?state=due&team=north&after=0&limit=50", "?from=2024-01-01&to=2024-12-31&by=month&format=csv", "?preview=true"],
                "&",
                "=",
                "%",
                "+",
                "state="),
            Ask),
        Parser.Of(
            "route-id",
            Mutations.Texts(["9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001", "{9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001}"], "-", "/", ".."),
            id => Refused(() => Id.Of(id, "offerId"))),
    ];

    private static void Expect<T>(byte[] body, Action<T> use) => Refused(() =>
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(body);
        use(Body.ReadAsync<T>(http.Request, CancellationToken.None).GetAwaiter().GetResult());
    });

    private static void Ask(string text)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString("?" + text.TrimStart('?'));
        var query = new Query(http.Request);
        Refused(() => query.Text("after"));
        Refused(() => query.Flag("preview"));
        Refused(() => query.Number("limit", 50, 200));
        Refused(() => query.Date("from"));
        Refused(() => query.Word("state", CallBackListState.Due));
        Refused(() => query.Word("format", ReportFormat.Json));
    }

    /// <summary>Runs what may refuse with a problem, or by a rule of the domain.</summary>
    public static void Refused(Action action)
    {
        try
        {
            action();
        }
        catch (Exception refused) when (refused is ProblemException or RuleBrokenException)
        {
            // The answer to a request that is wrong.
        }
    }
}
