using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;
using Vcas.Domain;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace EndToEnd.Tests;

/// <summary>27 months of the practice note, day by day, through HTTP and with VCAS as a process of its own.</summary>
public sealed class PracticeNoteTests
{
    private static readonly DateTimeOffset Start = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2024, 6, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly HashSet<Guid> awaited = [];
    private readonly HashSet<(Guid Id, DateTimeOffset At)> told = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_with_the_table_of_the_note()
    {
        await using var app = await StartAsync(Start);
        await using var vcas = ReceiverProcess.Start(app.Azure.Broker.ConnectionString, app.Folder);
        await LiveAsync(app, Start, PracticeNote.Households);

        await AssertTableAsync(app);
        var total = (await app.GetAsync("reports/uptake", Cancellation)).GetProperty("total");
        // What the note could not see: every one of the 92 was due, and somebody tried each.
        Assert.Equal(
            (92, 92, 0, 0), (Number(total, "callBacksDue"), Number(total, "attempted"), Number(total, "missed"), Number(total, "open")));
        await AssertCallsAsync(app, PracticeNote.Households);
        Assert.Equal(AcceptedIds(PracticeNote.Households).Order(), vcas.Referrals().Order());
    }

    [Fact]
    public async Task Comes_to_the_same_table_from_the_force_s_own_spreadsheet()
    {
        await using var app = await StartAsync(End);
        await ImportAsync(app, PracticeNote.Households);
        await AssertTableAsync(app);

        // The same file again changes nothing.
        await ImportAsync(app, PracticeNote.Households);
        await AssertTableAsync(app);
    }

    [Fact]
    public async Task Comes_to_the_same_table_when_the_system_took_over_in_2023()
    {
        var (before, since) = (
            PracticeNote.Households.Where(IsOf2022).ToList(), PracticeNote.Households.Where(household => !IsOf2022(household)).ToList());
        var takenOver = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var app = await StartAsync(takenOver);
        await using var vcas = ReceiverProcess.Start(app.Azure.Broker.ConnectionString, app.Folder);
        await LiveAsync(app, takenOver, since);
        await ImportAsync(app, before);

        await AssertTableAsync(app);
        await AssertCallsAsync(app, since);
        Assert.Equal(AcceptedIds(since).Order(), vcas.Referrals().Order());
    }

    // Once a day, not once an hour: 22,000 sweeps that find nothing would only take time.
    private static Task<RunningApp> StartAsync(DateTimeOffset start) =>
        RunningApp.StartAsync(new FakeTimeProvider(start), settings: RunningApp.SweptDaily);

    private static bool IsOf2022(NotedHousehold household) => household.OfferedAt.Year == 2022;

    private static IEnumerable<Guid> AcceptedIds(IEnumerable<NotedHousehold> households) => households
        .Where(household => household.Course is Course.AcceptedAtOffer or Course.AcceptedAtCallBack)
        .Select(household => household.Id);

    /// <summary>Day by day, from a morning on: offers are recorded when they are made, and everything due is attempted.</summary>
    private async Task LiveAsync(RunningApp app, DateTimeOffset start, IReadOnlyList<NotedHousehold> households)
    {
        var waiting = new Queue<NotedHousehold>(households);
        for (var morning = start.AddHours(10.5); morning < End; morning = morning.AddDays(1))
        {
            while (waiting.TryPeek(out var next) && next.OfferedAt <= morning) await RecordAsync(app, waiting.Dequeue());
            await app.AdvanceToAsync(morning, Cancellation);
            ReadInbox(app);
            await CallBackAsync(app);
            await AnsweredAsync(app);
        }
    }

    /// <summary>As a force kept it: a line a household, with the last call where there was one.</summary>
    private static async Task ImportAsync(RunningApp app, IEnumerable<NotedHousehold> households)
    {
        var lines = households.Select(household => household.Course switch
        {
            Course.AcceptedAtOffer => $"{household.Id},{household.OfferedAt:yyyy-MM-dd},Online Child Abuse,accepted,,",
            var course => $"{household.Id},{household.OfferedAt:yyyy-MM-dd},Online Child "
                + $"Abuse,declined,{CallOf(course)},{household.OfferedAt.AddDays(24):yyyy-MM-dd}",
        });
        using var file = new StringContent(
            string.Join("\r\n", lines.Prepend("Reference,OfferedAt,Team,Answer,CallBack,CalledAt")), new MediaTypeHeaderValue("text/csv"));
        using var answer = await app.Http.PostAsync("api/history", file, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static string CallOf(Course course) => course switch
    {
        Course.AcceptedAtCallBack => "accepted",
        Course.NotReached => "noAnswer",
        _ => "declined",
    };

    /// <summary>Teams keeps a notification for 30 days, and the newest of a household alone: so they are read every morning.</summary>
    private void ReadInbox(RunningApp app)
    {
        foreach (var notice in app.Azure.Graph.Inbox().Where(notice => notice.ActivityType == "callBackDue"))
        {
            // The link's context is the offer's id, as JSON: {"subEntityId":"…"}.
            var context = Uri.UnescapeDataString(notice.WebUrl!.Split("context=")[1]);
            told.Add((JsonDocument.Parse(context).RootElement.GetProperty("subEntityId").GetGuid(), notice.SentAt));
        }
    }

    private async Task RecordAsync(RunningApp app, NotedHousehold household)
    {
        await app.AdvanceToAsync(household.OfferedAt, Cancellation);
        var accepted = household.Course == Course.AcceptedAtOffer;
        var body = new
        {
            answer = accepted ? "accepted" : "declined",
            offeredAt = household.OfferedAt,
            team = "online-child-abuse",
            contact = new { phone = household.Phone },
        };
        var answer = await app.Http.PutAsJsonAsync($"api/offers/{household.Id}", body, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        if (accepted) awaited.Add(household.Id);
    }

    /// <summary>A caller's morning: everything on the list is attempted, as its household's course has it.</summary>
    private async Task CallBackAsync(RunningApp app)
    {
        await ReleaseHoldsAsync(app);
        var list = await app.GetAsync("call-backs?state=due&limit=200", Cancellation);
        foreach (var row in list.GetProperty("callBacks").EnumerateArray())
        {
            var id = row.GetProperty("offerId").GetGuid();
            var outcome = PracticeNote.Households.Single(household => household.Id == id).OutcomeOf(row.GetProperty("attempts").GetInt32());
            var attempt = new
            {
                attemptId = Guid.NewGuid(),
                outcome = Word.Of(outcome),
                safetyChecked = outcome != CallOutcome.UnsafeToCall,
                reason = outcome == CallOutcome.UnsafeToCall ? "suspectAtAddress" : null,
                callAgainAt = outcome == CallOutcome.CallLater ? NextTuesday(app.Clock.GetUtcNow()) : (DateTimeOffset?)null,
            };
            var answer = await app.Http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
            if (outcome == CallOutcome.Accepted) awaited.Add(id);
        }
    }

    // A hold ends by a person alone: once its review has come, the supervisor looks at it.
    private static async Task ReleaseHoldsAsync(RunningApp app)
    {
        var held = await app.GetAsync("call-backs?state=held&limit=200", Cancellation);
        foreach (var row in held.GetProperty("callBacks").EnumerateArray())
        {
            if (row.GetProperty("reviewAt").GetDateTimeOffset() > app.Clock.GetUtcNow()) continue;
            using var released = await app.Http.DeleteAsync($"api/call-backs/{row.GetProperty("offerId").GetGuid()}/hold", Cancellation);
            Assert.True(released.IsSuccessStatusCode, await released.Content.ReadAsStringAsync(Cancellation));
        }

        await app.WhenIdleAsync(Cancellation);
    }

    // No Tuesday of these years but one is a bank holiday (27 December 2022; the next week's is none).
    private static DateTimeOffset NextTuesday(DateTimeOffset now)
    {
        var day = now.Date.AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Tuesday || BankHolidays.EnglandAndWales.Contains(DateOnly.FromDateTime(day)))
            day = day.AddDays(1);
        return new DateTimeOffset(day.AddHours(11), TimeSpan.Zero);
    }

    /// <summary>VCAS is another process: the clock waits for it, or days would pass while it works.</summary>
    private async Task AnsweredAsync(RunningApp app)
    {
        // Nobody undoes them.
        if (awaited.Count > 0) await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        foreach (var id in awaited)
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    // What has come from VCAS is taken in while nothing else is left to do.
                    await app.WhenIdleAsync(Cancellation);
                    return StateOf(await app.GetAsync($"offers/{id}", Cancellation)) == "accepted";
                },
                $"VCAS to accept {id}",
                Cancellation);
        }

        awaited.Clear();
        await app.WhenIdleAsync(Cancellation);
    }

    private static string? StateOf(JsonElement offer) => offer.GetProperty("referral").GetProperty("state").GetString();

    private static async Task AssertTableAsync(RunningApp app)
    {
        Assert.Equal((33, 12, 3, 15, 45), await LineAsync(app, "from=2022-01-01&to=2022-12-31"));
        Assert.Equal((87, 16, 9, 25, 29), await LineAsync(app, "from=2023-01-01&to=2024-03-31"));
        Assert.Equal((120, 28, 12, 40, 33), await LineAsync(app, "from=2022-01-01&to=2024-03-31"));
    }

    private static async Task<(int, int, int, int, int)> LineAsync(RunningApp app, string period)
    {
        var total = (await app.GetAsync($"reports/uptake?{period}", Cancellation)).GetProperty("total");
        return (
            Number(total, "offers"),
            Number(total, "acceptedAtOffer"),
            Number(total, "acceptedAtCallBack"),
            Number(total, "accepted"),
            Number(total, "uptake"));
    }

    private static int Number(JsonElement line, string name) => line.GetProperty(name).GetInt32();

    private async Task AssertCallsAsync(RunningApp app, IEnumerable<NotedHousehold> households)
    {
        foreach (var household in households)
        {
            var offer = await app.GetAsync($"offers/{household.Id}", Cancellation);
            var trail = offer.GetProperty("trail").EnumerateArray().ToList();
            Assert.Equal(Enumerable.Range(1, trail.Count), trail.Select(entry => entry.GetProperty("number").GetInt32()));
            var due = trail.Where(entry => entry.GetProperty("event").GetString() == "callBackDue").ToList();
            if (household.Course == Course.AcceptedAtOffer)
            {
                Assert.Empty(due);
                continue;
            }

            Assert.NotEmpty(due);
            Assert.Equal(ExpectedDue(household), due.Count);
            // The callers were told of each of them, once, when it fell due.
            Assert.Equal(
                due.Select(entry => entry.GetProperty("at").GetDateTimeOffset()),
                told.Where(notice => notice.Id == household.Id).Select(notice => notice.At).Order());
            var firstDue = due[0].GetProperty("at").GetDateTimeOffset();
            Assert.True(
                firstDue >= household.OfferedAt.AddDays(21), $"{household.Id} was due {firstDue:o}, offered {household.OfferedAt:o}.");
            Assert.True(
                firstDue <= household.OfferedAt.AddDays(21 + 6),
                $"{household.Id} was due as late as {firstDue:o}, offered {household.OfferedAt:o}.");
        }
    }

    /// <summary>Due once for the call itself, and once for each further call that its course asks for.</summary>
    private static int ExpectedDue(NotedHousehold household) => household.Course switch
    {
        Course.NotReached => 3,
        Course.HeldThenDeclined or Course.CalledLaterThenDeclined => 2,
        Course.AcceptedAtCallBack when household.OutcomeOf(0) == CallOutcome.NoAnswer => 2,
        _ => 1,
    };
}
