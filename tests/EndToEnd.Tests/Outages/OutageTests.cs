using EndToEnd.Tests.Processes;
using LocalAzure.Graph;
using Shared;

namespace EndToEnd.Tests.Outages;

/// <summary>Days on which something that the app relies on is away.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Households_that_accept_while_the_bus_is_away_for_a_day_are_referred_when_it_is_back()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas();
        await force.App.Azure.Broker.StopAsync();
        var accepted = new[]
        {
            await force.RecordAsync("accepted"), await force.RecordAsync("accepted"), await force.RecordAsync("declined"),
        };
        await force.AdvanceAsync(TimeSpan.FromHours(6));
        await force.DoAsync(HttpMethod.Post, $"offers/{accepted[2]}/acceptance", new { });
        await force.AdvanceAsync(TimeSpan.FromHours(18));
        foreach (var id in accepted) Assert.Equal("toSend", await force.ReferralAsync(id));
        Assert.Empty(VcasBook.Read(force.Folder));

        await force.App.Azure.Broker.StartAsync();
        // A quarter of an hour's rest after repeated failure, and the tries of at most 16 minutes before it.
        await force.AdvanceAsync(TimeSpan.FromMinutes(32));
        foreach (var id in accepted) await force.UntilReferralAsync(id, "accepted");
        var book = VcasBook.Read(force.Folder);
        Assert.Equal(accepted.Order(), book.Keys.Order());
        Assert.All(book.Values, entry => Assert.Equal(1, entry.Version));
    }

    [Fact]
    public async Task A_call_falls_due_while_Teams_is_away_for_two_days_and_everybody_is_told_afterwards()
    {
        await using var force = await Force.StartAsync();
        var id = await force.RecordAsync("declined");
        var due = Force.Monday.AddDays(21);
        force.App.Azure.Graph.Outage = GraphOutage.NoConnection;
        await force.AdvanceToAsync(due);
        Assert.Equal("due", await force.StateAsync(id));
        await force.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Empty(force.App.Azure.Graph.Inbox());
        var list = await force.App.GetAsync("call-backs?state=overdue", Cancellation);
        Assert.Equal(id, Assert.Single(list.GetProperty("callBacks").EnumerateArray()).GetProperty("offerId").GetGuid());

        force.App.Azure.Graph.Outage = GraphOutage.None;
        await force.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(["callBackReminder"], force.ToldTeam(id));
        Assert.Equal(["callBackOverdue"], force.ToldSupervisor(id));
        await force.CallAsync(id, "declined");
        Assert.Equal("closed", await force.StateAsync(id));
    }

    [Fact]
    public async Task When_VCAS_is_away_for_three_days_the_supervisor_is_told_on_the_second_and_nothing_is_lost()
    {
        await using var force = await Force.StartAsync();
        var id = await force.RecordAsync("accepted");
        await force.AdvanceToAsync(Force.Monday.AddDays(2).AddSeconds(-1));
        Assert.Equal("sent", await force.ReferralAsync(id));
        Assert.Empty(force.ToldSupervisor(id));
        await force.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["answerMissing"], force.ToldSupervisor(id));
        await force.AdvanceAsync(TimeSpan.FromDays(1));

        force.StartVcas();
        await force.UntilReferralAsync(id, "accepted");
        Assert.Equal([id], VcasBook.Read(force.Folder).Keys);
        await force.AdvanceAsync(TimeSpan.FromDays(10));
        Assert.Equal(
            ["offerRecorded", "offerAccepted", "referralSent", "answerChased", "referralAnswered"], OnceEach(await force.TrailAsync(id)));
    }

    [Fact]
    public async Task When_the_queue_stands_still_for_four_days_a_file_goes_by_hand_and_nothing_is_doubled()
    {
        await using var force = await Force.StartAsync(VcasCertificate.Setting);
        await force.App.Azure.Broker.StopAsync();
        var (accepted, takenBack) = (await force.RecordAsync("accepted"), await force.RecordAsync("accepted"));
        await force.AdvanceAsync(TimeSpan.FromDays(2) + TimeSpan.FromHours(2));
        // Nobody has to look at a list to learn of it.
        Assert.Equal(["answerMissing"], force.ToldSupervisor(accepted));
        await force.AdvanceAsync(TimeSpan.FromDays(1));

        var file = Path.Combine(force.Folder, "referrals.p7m");
        await File.WriteAllBytesAsync(file, await force.FileAsync("referrals/sealed-file"), Cancellation);
        var said = await ReceiverProcess.TakeInAsync(force.Folder, file, VcasCertificate.WriteTo(force.Folder));
        Assert.Contains("2 of 2 messages", said, StringComparison.Ordinal);
        Assert.Equal(new[] { accepted, takenBack }.Order(), VcasBook.Read(force.Folder).Keys.Order());
        // Taken back after the file had gone: VCAS hears of that by the queue.
        await force.DoAsync(HttpMethod.Post, $"offers/{takenBack}/withdrawal", new { reason = "noLongerWanted" });
        await force.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("toSend", await force.ReferralAsync(accepted));

        await force.App.Azure.Broker.StartAsync();
        force.StartVcas();
        await force.AdvanceAsync(TimeSpan.FromMinutes(32));
        // People decide on what was taken in; that VCAS has it goes out by itself.
        await force.UntilReferralAsync(accepted, "received");
        await Eventually.HoldsAsync(
            () => Task.FromResult(VcasBook.Read(force.Folder)[takenBack].WithdrawnFor is not null),
            "VCAS to have heard of the withdrawal",
            Cancellation);
        Assert.All(VcasBook.Read(force.Folder).Values, entry => Assert.Equal(1, entry.Version));
        Assert.Equal(2, VcasBook.Read(force.Folder).Count);
    }

    [Fact]
    public async Task An_app_that_is_cut_down_at_every_stage_goes_on_where_it_was()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas();
        var id = await force.RecordAsync("declined");
        await force.CrashAndRestartAsync();
        await force.AdvanceToAsync(Force.Monday.AddDays(12));
        await force.CrashAndRestartAsync();
        await force.AdvanceToAsync(Force.Monday.AddDays(21).AddSeconds(-1));
        Assert.Equal("waiting", await force.StateAsync(id));
        await force.AdvanceToAsync(Force.Monday.AddDays(21));
        Assert.Equal("due", await force.StateAsync(id));

        await force.CrashAndRestartAsync();
        await force.CallAsync(id, "noAnswer");
        await force.CrashAndRestartAsync();
        await force.AdvanceToAsync(Force.Monday.AddDays(23));
        await force.DoAsync(HttpMethod.Put, $"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Force.Monday.AddDays(24) });
        await force.CrashAndRestartAsync();
        await force.AdvanceToAsync(Force.Monday.AddDays(24));
        // Nobody has decided: the hold goes on until somebody does.
        Assert.Equal("held", await force.StateAsync(id));
        await force.CrashAndRestartAsync();
        await force.DoAsync(HttpMethod.Delete, $"call-backs/{id}/hold", new { });
        await force.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("due", await force.StateAsync(id));

        await force.CallAsync(id, "accepted");
        await force.CrashAndRestartAsync();
        await force.AdvanceAsync(TimeSpan.FromMinutes(10));
        await force.UntilReferralAsync(id, "accepted");
        await force.CrashAndRestartAsync();
        await force.AdvanceAsync(TimeSpan.FromDays(10));
        Assert.Equal(
            [
                "offerRecorded", "callBackDue", "attemptRecorded", "callBackDue", "callBackHeld", "holdReviewDue", "holdEnded",
                "callBackDue", "attemptRecorded",
                "offerAccepted", "referralSent", "referralAnswered",
            ],
            OnceEach(await force.TrailAsync(id)));
        Assert.Equal(1, Assert.Single(VcasBook.Read(force.Folder)).Value.Version);
    }

    // VCAS's receipt and its decision are sent in one breath: where the decision overtakes it, the receipt is no news any more.
    private static List<string?> OnceEach(IReadOnlyList<string?> trail) =>
        [.. trail.Where((name, index) => index == 0 || name != "referralAnswered" || trail[index - 1] != "referralAnswered")];
}
