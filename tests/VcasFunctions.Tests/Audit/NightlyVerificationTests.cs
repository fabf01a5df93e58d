using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Audit;

/// <summary>The audit verifies itself every night, a part of it at a time, and says what came of it.</summary>
public sealed class NightlyVerificationTests
{
    private static readonly DateOnly Oldest = new(2026, 1, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_audit_is_said_to_be_whole_and_the_health_tells_how_far_it_was_looked_at()
    {
        using var log = new SaidLines();
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: builder => builder.Logging.AddProvider(log));
        using var api = new Api(app);
        Assert.False((await api.GetAsync("health/details")).Must(200).Json.TryGetProperty("audit", out _));
        await new Households(app, api).ReferredAsync();
        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);

        var health = (await api.GetAsync("health/details")).Must(200);
        Assert.Equal(("true", "2024-03-12", "[]"), (health["audit.isWhole"], health["audit.verifiedTo"], health["audit.findings"]));
        Assert.Equal(
            [
                "The audit was verified: 1 days up to 2024-03-11, 4 entries, all whole",
                "The audit was verified: 2 days up to 2024-03-12, 4 entries, all whole",
            ],
            SaidOfAudit(log));
    }

    [Fact]
    public async Task A_broken_one_is_said_every_night_until_it_is_repaired_and_by_kind_alone()
    {
        using var log = new SaidLines();
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: builder => builder.Logging.AddProvider(log));
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        // A day that the round reaches again only after many nights.
        for (var day = 0; day < 5; day++)
        {
            await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
            await api.GetAsync("call-backs");
        }

        var tables = app.Services.GetRequiredService<VcasTables>();
        var row = (await tables.Offers.GetEntityAsync<TableEntity>($"{id}", "event-000002", cancellationToken: Cancellation)).Value;
        var (was, by) = (row.GetString("By"), "07700 900321");
        row["By"] = by;
        await tables.Offers.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(8), Cancellation);

        // Five days' round comes to this one within five nights; from then on every night.
        var said = SaidOfAudit(log);
        var broken = said.Where(line => line.StartsWith("The audit is broken: ", StringComparison.Ordinal)).ToList();
        Assert.True(broken.Count >= 3, string.Join('\n', said));
        Assert.Equal(said.TakeLast(broken.Count), broken);
        Assert.Matches("^The audit is broken: 1 findings on [1-9] days from 2024-03-1[0-9] on: entryAltered$", broken[^1]);
        var health = (await api.GetAsync("health/details")).Must(200);
        Assert.Equal(("false", """["entryAltered"]"""), (health["audit.isWhole"], health["audit.findings"]));
        Assert.DoesNotContain(
            log.Lines, line => line.Contains(by, StringComparison.Ordinal) || line.Contains($"{id}", StringComparison.Ordinal));

        row["By"] = was;
        await tables.Offers.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.StartsWith("The audit was verified: ", SaidOfAudit(log)[^1], StringComparison.Ordinal);
        Assert.Equal("true", (await api.GetAsync("health/details")).Must(200)["audit.isWhole"]);
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task A_night_that_cannot_look_says_so_and_the_next_makes_it_good()
    {
        using var log = new SaidLines();
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: builder => builder.Logging.AddProvider(log));
        using var api = new Api(app);
        await new Households(app, api).ReferredAsync();
        app.Azure.Tables.BeforeCall = _ => throw new Azure.RequestFailedException(503, "Busy with 07700 900321.");
        var night = app.Services.GetRequiredService<NightlyVerification>();
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => night.VerifyAsync(Cancellation));
        Assert.Equal("The audit could not be verified: RequestFailedException", SaidOfAudit(log)[^1]);

        app.Azure.Tables.BeforeCall = null;
        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        Assert.Equal("The audit was verified: 2 days up to 2024-03-12, 4 entries, all whole", SaidOfAudit(log)[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    [InlineData(2557)]
    public void Every_day_is_looked_at_again_within_the_round_and_no_night_looks_at_much_more_than_its_part(int age)
    {
        var yesterday = Oldest.AddDays(age - 1);
        LastVerification? note = null;
        var (first, seen) = (0, new Dictionary<DateOnly, int>());
        // The first nights catch up, and then the round begins.
        for (; note?.VerifiedTo != yesterday.AddDays(-1); first++) (note, yesterday) = (Night(note, yesterday).Note, yesterday.AddDays(1));
        Assert.InRange(first, 1, (age / (NightlyVerification.MostNewDays - 1)) + 2);

        for (var night = 0; night < (3 * NightlyVerification.RoundDays) + 5; night++, yesterday = yesterday.AddDays(1))
        {
            (note, var days) = Night(note, yesterday);
            Assert.Equal(days.Order().Distinct(), days);
            Assert.InRange(days.Count, 1, ((yesterday.DayNumber - Oldest.DayNumber) / NightlyVerification.RoundDays) + 4);
            foreach (var day in days) seen[day] = night;
            foreach (var (day, last) in seen)
                Assert.True(night - last <= NightlyVerification.RoundDays, $"{day} was looked at {night - last} nights ago.");
        }

        for (var day = Oldest; day < yesterday; day = day.AddDays(1))
            Assert.True(seen.ContainsKey(day), $"{day} was never looked at again.");
    }

    [Fact]
    public void A_clock_that_ran_ahead_and_was_put_back_keeps_no_day_from_being_looked_at()
    {
        var ahead = new LastVerification(default, Oldest.AddDays(400), Oldest.AddDays(300), [Oldest.AddDays(399)], [], 1, 1);
        var part = NightlyVerification.Part.Of(ahead, Oldest, Oldest.AddDays(10));
        Assert.Equal((Oldest.AddDays(10), Oldest), (part.VerifiedTo, part.Days[0]));
        Assert.DoesNotContain(part.Days, day => day > Oldest.AddDays(10));
        Assert.Contains(
            Oldest.AddDays(11),
            NightlyVerification.Part.Of(ahead with { VerifiedTo = part.VerifiedTo, Next = part.Next }, Oldest, Oldest.AddDays(11)).Days);
    }

    private static (LastVerification Note, IReadOnlyList<DateOnly> Days) Night(LastVerification? last, DateOnly yesterday)
    {
        var part = NightlyVerification.Part.Of(last, Oldest, yesterday);
        return (new LastVerification(default, part.VerifiedTo, part.Next, [], [], part.Days.Count, 0), part.Days);
    }

    private static List<string> SaidOfAudit(SaidLines log) => [.. log.Lines.Where(line =>
        line.StartsWith("The audit was verified", StringComparison.Ordinal)
        || line.StartsWith("The audit is broken", StringComparison.Ordinal)
        || line.StartsWith("The audit could not", StringComparison.Ordinal))];
}
