using Shared;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>A phone that two households gave is not rung twice in an hour by two people who know nothing of each other.</summary>
public sealed class SameNumberTests : IAsyncLifetime
{
    private RunningApp app = null!;
    private Api all = null!;
    private Api one = null!;
    private Api another = null!;
    private Households households = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await RunningApp.StartAsync(Given.Clock(), settings:
        [
            "Vcas:Notifications:Enabled=false",
            .. Enumerable.Range(1, 2).SelectMany(number => new[]
            {
                $"LocalAzure:Identity:People:caller-{number}:Id={IdOf(number)}",
                $"LocalAzure:Identity:People:caller-{number}:Roles:0=Caller",
                $"LocalAzure:Identity:People:caller-{number}:Groups:0={Someone.EveryTeam}",
            }),
        ]);
        (all, one, another) = (new Api(app), new Api(app, "caller-1"), new Api(app, "caller-2"));
        households = new Households(app, all);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in new[] { all, one, another }) api.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task While_somebody_calls_one_the_other_is_refused_and_names_who_is_calling()
    {
        var (first, second) = await TwoOfOneNumberAsync();
        (await ClaimAsync(one, first)).Must(200);
        var refused = (await ClaimAsync(another, second)).Must(409);
        Assert.Equal("3041", refused["code"]);
        Assert.Contains($"{IdOf(1)} has been calling this number", refused["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("\"phone\":", refused.Text, StringComparison.Ordinal);

        // Given back it is free, for nobody has called.
        (await one.SendAsync("DELETE", $"call-backs/{first}/claim")).Must(200);
        (await ClaimAsync(another, second)).Must(200);
    }

    [Fact]
    public async Task A_number_that_was_called_today_under_the_other_needs_a_second_look_once()
    {
        var (first, second) = await TwoOfOneNumberAsync();
        (await ClaimAsync(one, first)).Must(200);
        var outcome = (await one.AttemptAsync(first, "noAnswer")).Must(200);
        var alike = Assert.Single(outcome.Json.GetProperty("alike").EnumerateArray());
        Assert.Equal(
            (second.ToString(), "sameHousehold"), (alike.GetProperty("offerId").GetString(), alike.GetProperty("likeness").GetString()));

        var refused = (await ClaimAsync(another, second)).Must(409);
        Assert.Equal("3042", refused["code"]);
        var reference = Vcas.Domain.Households.Household.ReferenceOf(first);
        Assert.Contains($"2024-03-11 10:00Z under {reference}", refused["detail"], StringComparison.Ordinal);
        (await ClaimAsync(another, second, new { sameNumberChecked = true })).Must(200);
        // Opened again, the claim goes on.
        (await ClaimAsync(another, second)).Must(200);
    }

    [Fact]
    public async Task A_day_later_nobody_is_asked_again()
    {
        var (first, second) = await TwoOfOneNumberAsync();
        (await one.AttemptAsync(first, "noAnswer")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromHours(23), Cancellation);
        (await ClaimAsync(another, second)).Must(409);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        (await ClaimAsync(another, second)).Must(200);
    }

    [Fact]
    public async Task Of_two_who_open_both_at_the_same_moment_one_calls_at_the_most()
    {
        for (var time = 0; time < 8; time++)
        {
            var (first, second) = await TwoOfOneNumberAsync();
            var answers = await Task.WhenAll(ClaimAsync(one, first), ClaimAsync(another, second));
            Assert.True(answers.Count(answer => answer.Status == 200) <= 1, "Two callers were shown one number.");
            Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("3041", answer["code"]));
            foreach (var (api, id) in new[] { (one, first), (another, second) }) await api.SendAsync("DELETE", $"call-backs/{id}/claim");
        }
    }

    [Fact]
    public async Task Who_opens_one_just_before_the_other_moves_in_the_list_and_is_opened_sees_it_and_steps_back()
    {
        var (first, second) = await TwoOfOneNumberAsync();
        ApiAnswer? quicker = null;
        app.Azure.Tables.BeforeCall = async operation =>
        {
            // The claim is about to be written. When the others were looked at, the second stood in another place.
            if (operation != "UpdateEntity") return;
            app.Azure.Tables.BeforeCall = null;
            (await all.PutAsync($"offers/{second}/details", new { risks = new[] { "violence" } })).Must(200);
            quicker = await ClaimAsync(another, second);
        };

        var slower = await ClaimAsync(one, first);
        Assert.Equal(200, quicker?.Status);
        Assert.Equal("3041", slower.Must(409)["code"]);
        // Nobody is kept from the first by a claim that came to nothing.
        (await another.SendAsync("DELETE", $"call-backs/{second}/claim")).Must(200);
        (await ClaimAsync(another, first)).Must(200);
    }

    [Fact]
    public async Task The_caller_hears_of_the_case_without_a_name_or_a_number()
    {
        var crime = $"OPX/{Guid.NewGuid():N}"[..14];
        var mine = await households.DueAsync(Given.DeclinedLongAgo().With("crimeReference", crime));
        var number = Given.Number();
        var other = await households.DueAsync(
            Given.Declined(number).With("offeredAt", Given.Monday.AddDays(-30).ToString("O")).With("offeredAtConfirmed", true)
                .With("crimeReference", crime.ToLowerInvariant()));
        var before = (await ClaimAsync(one, mine)).Must(200);
        Assert.Equal(("1", "false", null), (before["case.otherHouseholds"], before["case.more"], before["case.lastCalledAt"]));
        (await another.AttemptAsync(other, "noAnswer")).Must(200);
        var after = (await ClaimAsync(one, mine)).Must(200);
        Assert.Equal("2024-03-11T10:00:00+00:00", after["case.lastCalledAt"]);
        Assert.DoesNotContain(other.ToString(), after.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number[^6..], after.Text, StringComparison.Ordinal);
    }

    private async Task<(Guid First, Guid Second)> TwoOfOneNumberAsync()
    {
        var number = Given.Number();
        return (await households.WithNumberAsync("due", number), await households.WithNumberAsync("due", number));
    }

    private static Task<ApiAnswer> ClaimAsync(Api api, Guid id, object? body = null) =>
        api.SendAsync("PUT", $"call-backs/{id}/claim", body);

    private static string IdOf(int number) => $"ca11e000-0000-4000-8000-{number:D12}";
}
