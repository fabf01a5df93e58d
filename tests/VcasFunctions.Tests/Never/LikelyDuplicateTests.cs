using Shared;

namespace VcasFunctions.Tests.Never;

/// <summary>A household that accepted under another offer since is not phoned as if it had not.</summary>
public sealed class LikelyDuplicateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_its_call_would_fall_due_it_is_held_for_the_supervisor_and_nobody_sees_its_number()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var number = Given.Number();
        var (first, free) = (await api.RecordAsync(Given.Declined(number)), await api.RecordAsync(Given.Declined()));
        await app.AdvanceAsync(TimeSpan.FromDays(5), Cancellation);
        var second = Guid.NewGuid();
        var accepted = (await api.PutAsync($"offers/{second}", Given.Accepted(number))).Must(201);
        Assert.Contains(Vcas.Domain.Households.Household.ReferenceOf(first), accepted["remark"], StringComparison.Ordinal);

        await app.AdvanceAsync(TimeSpan.FromDays(20), Cancellation);
        var due = (await caller.GetAsync("call-backs?state=due")).Must(200).Text;
        Assert.DoesNotContain(first.ToString(), due, StringComparison.Ordinal);
        Assert.Contains(free.ToString(), due, StringComparison.Ordinal);
        var seen = (await api.GetAsync($"offers/{first}")).Must(200);
        Assert.Equal(("held", "likelyDuplicate", second.ToString()), (seen["state"], seen["hold.reason"], seen["hold.causedBy"]));
        var known = (await caller.GetAsync($"offers/{first}")).Must(200);
        Assert.Equal("waiting", known["state"]);
        Assert.DoesNotContain("\"phone\":", known.Text, StringComparison.Ordinal);

        // It was somebody else's after all, or the other was a mistake: then it is called.
        (await api.PostAsync($"offers/{second}/withdrawal", new { reason = "recordedInError" })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("due", await api.StateAsync(first));
    }

    [Fact]
    public async Task A_number_that_is_then_never_to_be_called_is_shown_to_its_supervisor_no_longer()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var number = Given.Number();
        var (first, second) = (await api.RecordAsync(Given.Declined(number)), await api.RecordAsync(Given.Declined(number)));
        var third = await api.RecordAsync(Given.Declined(number));
        (await api.PostAsync($"offers/{second}/acceptance", new { })).Must(200);
        Assert.Equal("likelyDuplicate", (await api.GetAsync($"offers/{first}")).Must(200)["hold.reason"]);

        await SayNeverAsync(api, third);
        var seen = (await api.GetAsync($"offers/{first}")).Must(200);
        Assert.Equal(("neverToBeCalled", third.ToString()), (seen["hold.reason"], seen["hold.causedBy"]));
        Assert.DoesNotContain("\"phone\":", seen.Text, StringComparison.Ordinal);

        // Taken back, it is a likely duplicate as before.
        (await api.PostAsync($"offers/{third}/never/withdrawal", new { reason = "householdAsked" })).Must(200);
        Assert.Equal("likelyDuplicate", (await api.GetAsync($"offers/{first}")).Must(200)["hold.reason"]);
    }

    private static async Task SayNeverAsync(Api api, Guid id) => (await api.PostAsync(
        $"call-backs/{id}/attempts", new { attemptId = Guid.NewGuid(), outcome = "doNotContact", direction = "incoming" })).Must(200);

    [Fact]
    public async Task A_likely_duplicate_is_found_when_somebody_opens_it_and_the_supervisors_word_is_the_last()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var number = Given.Number();
        var (first, second) = (await api.RecordAsync(Given.Declined(number)), await api.RecordAsync(Given.Declined(number)));
        (await api.PostAsync($"offers/{second}/acceptance", new { })).Must(200);
        Assert.Equal("held", await api.StateAsync(first));
        Assert.Equal("waiting", (await api.SendAsync("DELETE", $"call-backs/{first}/hold")).Must(200)["state"]);
        Assert.Equal("waiting", await api.StateAsync(first));
        await app.AdvanceAsync(TimeSpan.FromDays(25), Cancellation);
        Assert.Equal("due", await api.StateAsync(first));
    }
}
