using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Never;

/// <summary>
/// From the moment in which somebody asked that a number never be called, nobody is shown it and nobody calls it, in any household.
/// </summary>
public sealed class NeverMeansNeverTests
{
    private const string Supervisor = "50000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_households_of_one_number_are_due_and_the_moment_one_says_never_the_other_is_nobodys_to_call()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var number = Given.Number();
        var (first, second) = (await DueAsync(app, api, number), await DueAsync(app, api, number));
        Assert.NotNull((await caller.GetAsync($"offers/{second}")).Must(200)["contact.phone"]);

        var closed = (await api.AttemptAsync(first, "doNotContact")).Must(200);
        Assert.Equal(("closed", "doNotContact"), (closed["state"], closed["closing.reason"]));
        Assert.DoesNotContain("\"phone\":", closed.Text, StringComparison.Ordinal);
        // A call that was being made just then is kept as late, and makes nobody call again.
        var late = (await caller.AttemptAsync(second, "noAnswer")).Must(200);
        Assert.Equal(("waiting", true), (late["state"], late.Json.GetProperty("attempts")[0].GetProperty("late").GetBoolean()));
        Assert.Null((await caller.GetAsync($"offers/{second}")).Must(200)["contact.phone"]);
        Assert.Equal("0", (await caller.GetAsync("call-backs?state=due")).Must(200)["total"]);
        // The supervisor is told at once, and again until they decide; nobody is reminded of a call.
        await app.AdvanceAsync(TimeSpan.FromDays(20), Cancellation);
        var trail = (await api.GetAsync($"offers/{second}")).Must(200);
        Assert.Equal("held", trail["state"]);
        Assert.DoesNotContain("callBackReminded", trail.Text, StringComparison.Ordinal);
        Assert.Contains(app.Azure.Graph.Inbox(Supervisor), notice => notice.PreviewText == "A held call-back needs your decision");
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("held")]
    public async Task Whatever_state_the_other_household_is_in_it_is_held_and_what_was_known_of_it_stays(string state)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var number = Given.Number();
        var other = await api.RecordAsync(Given.Declined(number));
        if (state == "held")
            (await api.PutAsync($"call-backs/{other}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(7) })).Must(200);
        var before = (await caller.GetAsync($"offers/{other}")).Must(200);
        var saying = await DueAsync(app, api, number);
        (await api.AttemptAsync(saying, "doNotContact")).Must(200);

        Assert.Equal(new Held("held", "neverToBeCalled", saying.ToString()), await HoldAsync(api, other));
        Assert.Equal(before.Text, (await caller.GetAsync($"offers/{other}")).Must(200).Text);
        // Taken back as a mistake: all is as it was.
        (await api.PostAsync($"offers/{saying}/withdrawal", new { reason = "recordedInError" })).Must(200);
        Assert.Equal(
            state == "held" ? new Held("held", "bailChanged", null) : new Held("waiting", null, null), await HoldAsync(api, other));
        Assert.Equal("waiting", (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined(number))).Must(201)["state"]);
    }

    [Fact]
    public async Task A_number_is_free_when_the_last_who_asked_has_taken_it_back()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var number = Given.Number();
        var (one, two) = (await BarAsync(api, number), await BarAsync(api, number));
        var waiting = await api.RecordAsync(Given.Declined(number));
        (await api.PostAsync($"offers/{one}/withdrawal", new { reason = "recordedInError" })).Must(200);
        Assert.Equal("held", await api.StateAsync(waiting));
        (await api.PostAsync($"offers/{two}/never/withdrawal", new { reason = "householdAsked" })).Must(200);
        Assert.Equal("waiting", await api.StateAsync(waiting));
    }

    [Fact]
    public async Task A_do_not_call_entry_outlives_erasure_with_who_said_it_when_and_until_when_and_holds_nothing_readable()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Retention:NeverReviewDays=10");
        using var api = new Api(app);
        var saying = await DueAsync(app, api, "07700 900741");
        (await api.AttemptAsync(saying, "doNotContact")).Must(200);
        (await api.PostAsync($"offers/{saying}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
        var rows = await RowsAsync(app.Services.GetRequiredService<VcasTables>().DoNotCall);
        var mark = Assert.Single(rows, row => row.PartitionKey.StartsWith("number|hash|", StringComparison.Ordinal));
        Assert.Equal(
            (saying.ToString(), "caller", Given.Monday, Given.Monday.AddDays(10), "hash"),
            (mark.RowKey, mark.GetString("By"), mark.GetDateTimeOffset("At"), mark.GetDateTimeOffset("ReviewAt"), mark.GetString("KeyId")));
        Assert.Equal("e0000000-0000-4000-8000-000000000001", mark["ById"]);
        Assert.DoesNotContain(rows, row => $"{row.PartitionKey}{row.RowKey}".Contains("900741", StringComparison.Ordinal));
        Assert.Empty(await RowsAsync(app.Services.GetRequiredService<VcasTables>().HouseholdIndex));
        Assert.Equal("held", (await api.GetAsync($"offers/{await api.RecordAsync(Given.Declined("07700 900741"))}"))["state"]);
    }

    [Fact]
    public async Task A_household_that_comes_forward_itself_frees_its_number()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var number = Given.Number();
        var id = await BarAsync(api, number);
        Assert.Equal("held", await api.StateAsync(await api.RecordAsync(Given.Declined(number))));
        (await api.PostAsync($"offers/{id}/acceptance", new { householdAsked = true, contact = new { phone = Given.Number() } })).Must(200);
        Assert.Equal("waiting", await api.StateAsync(await api.RecordAsync(Given.Declined(number))));
    }

    [Fact]
    public async Task A_number_that_is_barred_when_it_is_given_later_holds_the_household_and_another_number_lets_it_go()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        using var officer = new Api(app, "officer");
        var number = Given.Number();
        await BarAsync(api, number);
        var id = await api.RecordAsync(Given.Declined());
        Assert.Equal("waiting", (await officer.PutAsync($"offers/{id}/contact", new { phone = number })).Must(200)["state"]);
        Assert.Equal("held", await api.StateAsync(id));
        (await officer.PutAsync($"offers/{id}/contact", new { phone = Given.Number() })).Must(200);
        Assert.Equal("waiting", await api.StateAsync(id));
        // Who accepts at the door is referred whatever was said before.
        Assert.Equal("referred", (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Accepted(number))).Must(201)["state"]);
    }

    [Fact]
    public async Task What_another_body_says_under_a_known_id_bars_no_number_and_frees_none()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var (barred, free) = (Given.Number(), Given.Number());
        var id = await BarAsync(api, barred);
        (await api.PutAsync(
            $"offers/{id}", new JsonObject { ["answer"] = "doNotContact", ["contact"] = new JsonObject { ["phone"] = free } }))
            .MustRefuse(409, 1007);
        Assert.Equal("waiting", await api.StateAsync(await api.RecordAsync(Given.Declined(free))));
        Assert.Equal("held", await api.StateAsync(await api.RecordAsync(Given.Declined(barred))));
    }

    [Fact]
    public async Task Many_who_say_never_and_record_at_once_leave_nobody_to_be_called()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        for (var round = 0; round < 5; round++)
        {
            var number = Given.Number();
            var (saying, other) = (await DueAsync(app, api, number), await DueAsync(app, api, number));
            var answers = await Task.WhenAll(
                api.AttemptAsync(saying, "doNotContact"),
                api.AttemptAsync(other, "noAnswer"),
                api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined(number)),
                api.PutAsync($"offers/{Guid.NewGuid()}", Given.DeclinedLongAgo().With("contact", new JsonObject { ["phone"] = number })));
            answers[0].Must(200);
            await app.WhenIdleAsync(Cancellation);
            Assert.Equal("held", await api.StateAsync(other));
            (await api.PutAsync($"call-backs/{other}/claim", new { })).MustRefuse(409, 3001);
        }

        Assert.Equal("0", (await api.GetAsync("call-backs?state=due")).Must(200)["total"]);
        Assert.Equal("0", (await api.GetAsync("call-backs?state=waiting")).Must(200)["total"]);
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task What_is_said_of_a_number_between_the_look_at_it_and_the_storing_of_a_household_holds_that_household()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var number = Given.Number();
        var silent = await api.RecordAsync(Given.Declined(number));
        app.Azure.Tables.BeforeCall = async operation =>
        {
            if (operation != "SubmitTransaction") return;
            app.Azure.Tables.BeforeCall = null;
            (await api.AttemptAsync(silent, "doNotContact", new { direction = "incoming" })).Must(200);
        };

        (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined(number))).Must(201);

        Assert.Null(app.Azure.Tables.BeforeCall);
        await app.WhenIdleAsync(Cancellation);
        // Lists alone are read: whoever opens a household asks about its number once more.
        Assert.Equal("0", (await api.GetAsync("call-backs?state=waiting")).Must(200)["total"]);
        Assert.Equal("1", (await api.GetAsync("call-backs?state=held")).Must(200)["total"]);
    }

    // How old a row is counts here, and the emulator writes by the clock on the wall.
    [Fact]
    [Trait("Tables", "Local")]
    public async Task What_was_left_half_done_the_sweep_repairs()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var number = Given.Number();
        var (saying, other) = (await BarAsync(api, number), Guid.Empty);
        // As a crash leaves it: the register knows, and nobody has gone through the others.
        var register = app.Services.GetRequiredService<DoNotCallRegister>();
        await register.RemoveAsync(saying, phone: null, Cancellation);
        other = await api.RecordAsync(Given.Declined(number));
        Assert.True(PhoneNumberReader.TryRead(number, out var e164));
        await register.AddAsync(saying, e164, new VcasFunctions.Access.Actor("officer"), Given.Monday, Cancellation);
        var lists = app.Services.GetRequiredService<VcasFunctions.Households.CallBackList>();
        await lists.MarkOf(saying, 1).PutAsync(Cancellation);
        // And a recording that never came to be stored.
        var unborn = Guid.NewGuid();
        var free = Given.Number();
        Assert.True(PhoneNumberReader.TryRead(free, out var freeE164));
        await register.AddAsync(unborn, freeE164, new VcasFunctions.Access.Actor("officer"), Given.Monday, Cancellation);
        await lists.MarkOf(unborn, 1).PutAsync(Cancellation);

        await app.AdvanceAsync(TimeSpan.FromHours(3), Cancellation);
        Assert.Equal("0", (await api.GetAsync("call-backs?state=waiting")).Must(200)["total"]);
        Assert.Equal("held", await api.StateAsync(other));
        Assert.Equal("waiting", await api.StateAsync(await api.RecordAsync(Given.Declined(free))));
    }

    // How old a row is counts here, and the emulator writes by the clock on the wall.
    [Fact]
    [Trait("Tables", "Local")]
    public async Task After_a_change_of_key_numbers_are_found_under_old_and_new_and_the_night_indexes_anew()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        var clock = Given.Clock();
        try
        {
            var (barred, indexed) = (Given.Number(), Given.Number());
            Guid waiting;
            await using (var app = await RunningApp.StartAsync(clock, folder))
            {
                using var api = new Api(app);
                await BarAsync(api, barred);
                waiting = await api.RecordAsync(Given.Declined(indexed).With("crimeReference", "AB/12-34"));
            }

            await using (var app = await RunningApp.StartAsync(
                clock, folder, settings: ["Vcas:Sealing:ActiveIndexKey=i2", $"Vcas:Sealing:IndexKeys:i2={Sealing.Keys.Of(7)}"]))
            {
                using var api = new Api(app);
                var index = app.Services.GetRequiredService<HouseholdIndex>();
                Assert.True(PhoneNumberReader.TryRead(indexed, out var e164));
                Assert.Equal("held", await api.StateAsync(await api.RecordAsync(Given.Declined(barred))));
                Assert.Equal([waiting], await index.FindByPhoneAsync(e164, Cancellation));
                Assert.Equal([waiting], await index.FindByReferenceAsync("ab 12 34", Cancellation));
                await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
                var rows = await RowsAsync(app.Services.GetRequiredService<VcasTables>().HouseholdIndex);
                Assert.Equal(3, rows.Count);
                Assert.All(rows, row => Assert.Contains("|i2|", row.PartitionKey, StringComparison.Ordinal));
                Assert.Equal([waiting], await index.FindByPhoneAsync(e164, Cancellation));
                Assert.Equal("held", await api.StateAsync(await api.RecordAsync(Given.Declined(barred))));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Guid> DueAsync(RunningApp app, Api api, string number) =>
        await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("contact", new JsonObject { ["phone"] = number }));

    private static Task<Guid> BarAsync(Api api, string number) =>
        api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["contact"] = new JsonObject { ["phone"] = number } });

    private static async Task<Held> HoldAsync(Api api, Guid id)
    {
        var offer = (await api.GetAsync($"offers/{id}")).Must(200);
        return new Held(offer["state"], offer["hold.reason"], offer["hold.causedBy"]);
    }

    private static async Task<List<TableEntity>> RowsAsync(TableClient table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation)) rows.Add(row);
        return rows;
    }

    private sealed record Held(string? State, string? Reason, string? CausedBy);
}
