using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Notifications;

/// <summary>Whom a notice reaches when the first whom it is for can't be reached.</summary>
[Trait("Pace", "Slow")]
public sealed class ChannelTests
{
    private const string Officer = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private const string Supervisor = "66666666-7777-8888-9999-000000000000";
    private const string Successor = "77777777-8888-9999-aaaa-000000000000";
    private const string Team = "11111111-2222-3333-4444-555555555555";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NotInstalled")]
    [InlineData("Unknown")]
    public async Task Where_a_person_cannot_be_told_the_whole_team_is(string because)
    {
        var log = new AlertLog();
        await using var app = await StartAsync(log, null, $"LocalAzure:Graph:{because}:0={Officer}");
        using var api = new Api(app);
        var id = Assert.Single(await app.FallDueAsync(api, 1));

        Assert.Equal(
            (Team, "callBackDue"), Assert.Single(app.Azure.Graph.Inbox().Select(notice => (notice.Recipient, notice.ActivityType))));
        Assert.Contains(log.Lines, line => line.Contains("A person can't be told in Teams", StringComparison.Ordinal));
        Assert.Null((await api.GetAsync($"offers/{id}"))["untoldSince"]);
    }

    [Fact]
    public async Task Where_nobody_can_be_told_the_call_list_says_so_until_somebody_can()
    {
        var (log, clock) = (new AlertLog(), Given.Clock());
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        try
        {
            Guid id;
            await using (var app = await StartAsync(
                log, folder, $"LocalAzure:Graph:NotInstalled:0={Officer}", $"LocalAzure:Graph:NotInstalled:1={Team}"))
            {
                using var api = new Api(app);
                id = Assert.Single(await app.FallDueAsync(api, 1));

                Assert.Empty(app.Azure.Graph.Inbox());
                Assert.Contains($"CallBackDue for {Household.ReferenceOf(id)} has nobody to tell: the call list alone shows it", log.Lines);
                var listed = (await api.GetAsync("call-backs?state=due")).Must(200).Json.GetProperty("callBacks")[0];
                Assert.Equal(
                    (id, Given.Monday), (listed.GetProperty("offerId").GetGuid(), listed.GetProperty("untoldSince").GetDateTimeOffset()));
                Assert.Equal($"{Given.Monday:yyyy-MM-ddTHH:mm:ss}+00:00", (await api.GetAsync($"offers/{id}"))["untoldSince"]);
                clock.SetUtcNow(app.Clock.GetUtcNow());
            }

            // Force IT installs the app; the next working day's reminder arrives.
            await using (var app = await StartAsync(log, folder))
            {
                app.Clock.SetUtcNow(clock.GetUtcNow());
                using var api = new Api(app);
                await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

                Assert.Equal("callBackReminder", Assert.Single(app.Azure.Graph.Inbox(Officer)).ActivityType);
                var listed = (await api.GetAsync("call-backs?state=due")).Must(200).Json.GetProperty("callBacks")[0];
                Assert.Equal(id, listed.GetProperty("offerId").GetGuid());
                Assert.False(listed.TryGetProperty("untoldSince", out _));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    // They were the supervisor when it was recorded, and have left; somebody else has come; or nobody is named any more.
    [InlineData(Supervisor, Successor, Successor)]
    [InlineData(null, Successor, Successor)]
    [InlineData(Supervisor, null, Supervisor)]
    [InlineData(Supervisor, "", Supervisor)]
    public async Task Whoever_is_the_supervisor_now_is_told_and_not_whoever_was_when_it_was_recorded(
        string? before, string? after, string told)
    {
        var (log, clock) = (new AlertLog(), Given.Clock());
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        string[] team = [$"LocalAzure:Graph:NotInstalled:0={Team}"];
        string[] Named(string? person) => person is null ? team : [.. team, $"Vcas:OtherTeams:Supervisor={person}"];
        try
        {
            Guid decided;
            await using (var app = await StartAsync(log, folder, Named(before)))
            {
                using var api = new Api(app);
                await app.FallDueAsync(api, 1);
                decided = await api.RecordAsync(Given.Declined("07700 900464"));
                await app.WhenIdleAsync(Cancellation);
                clock.SetUtcNow(app.Clock.GetUtcNow());
            }

            await using (var app = await StartAsync(log, folder, Named(after)))
            {
                app.Clock.SetUtcNow(clock.GetUtcNow());
                using var api = new Api(app);
                // Of this only the supervisor may know: nobody is told in their stead.
                await api.RecordAsync(
                    new JsonObject { ["answer"] = "doNotContact", ["contact"] = new JsonObject { ["phone"] = "07700 900464" } });
                await app.WhenIdleAsync(Cancellation);
                Assert.Equal("held", await api.StateAsync(decided));
                Assert.Equal("holdReview", Assert.Single(app.Azure.Graph.Inbox(told)).ActivityType);

                await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
                Assert.Contains(app.Azure.Graph.Inbox(told), notice => notice.ActivityType == "callBackOverdue");
                Assert.Empty(app.Azure.Graph.Inbox(told == Successor ? Supervisor : Successor));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_rejection_of_which_nobody_could_be_told_is_marked_on_the_list_of_referrals()
    {
        await using var app = await StartAsync(
            new AlertLog(),
            null,
            $"Vcas:OtherTeams:Supervisor={Supervisor}",
            $"LocalAzure:Graph:NotInstalled:0={Team}",
            $"LocalAzure:Graph:NotInstalled:1={Supervisor}");
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await using var vcas = new VcasSide(app);

        await vcas.AnswerAsync(id, "rejected", "atCapacity");

        var listed = (await api.GetAsync("referrals?state=rejected")).Must(200).Json.GetProperty("referrals")[0];
        Assert.Equal(
            (id, Given.Monday), (listed.GetProperty("referralId").GetGuid(), listed.GetProperty("untoldSince").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_reminder_takes_the_place_of_its_forerunner_and_the_supervisor_has_a_chain_of_his_own()
    {
        await using var app = await StartAsync(new AlertLog(), null, $"Vcas:OtherTeams:Supervisor={Supervisor}");
        using var api = new Api(app);
        await app.FallDueAsync(api, 1);
        var first = Assert.Single(app.Azure.Graph.Inbox(Officer));

        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);

        var last = Assert.Single(app.Azure.Graph.Inbox(Officer));
        Assert.Equal(("callBackDue", "callBackReminder"), (first.ActivityType, last.ActivityType));
        Assert.Equal(first.ChainId, last.ChainId);
        var overdue = Assert.Single(app.Azure.Graph.Inbox(Supervisor));
        Assert.Equal("callBackOverdue", overdue.ActivityType);
        Assert.NotEqual(first.ChainId, overdue.ChainId);
    }

    private static Task<RunningApp> StartAsync(AlertLog log, string? folder, params string[] settings) => RunningApp.StartAsync(
        Given.Clock(), folder, builder => builder.Logging.AddProvider(log), [$"Vcas:OtherTeams:CareOfficer={Officer}", .. settings]);

    /// <summary>Keeps what an alert could wait for: warnings and worse.</summary>
    private sealed class AlertLog : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
