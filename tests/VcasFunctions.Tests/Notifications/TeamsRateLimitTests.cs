using CsCheck;
using Microsoft.Extensions.Time.Testing;
using VcasFunctions.Notifications;

namespace VcasFunctions.Tests.Notifications;

/// <summary>Whatever comes and however fast, no second and no person gets more than Teams takes.</summary>
public sealed class TeamsRateLimitTests
{
    [Fact]
    public void No_second_sees_more_than_five_requests_and_no_person_more_than_ten_a_minute() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 3]).Array[1, 200].Sample(requests =>
        {
            var clock = new FakeTimeProvider(Given.Monday);
            var limit = new TeamsRateLimit(clock);
            var made = new List<(DateTimeOffset At, int Who)>();
            foreach (var (after, who) in requests)
            {
                clock.Advance(TimeSpan.FromMilliseconds(after));
                var recipient = new Recipient(IsTeam: who == 0, $"reader-{who}");
                if (limit.Reserve(recipient) is { } notBefore)
                {
                    Assert.True(notBefore > clock.GetUtcNow());
                    continue;
                }

                made.Add((clock.GetUtcNow(), who));
            }

            Assert.All(
                made,
                one => Assert.True(made.Count(other => other.At >= one.At && other.At < one.At.AddSeconds(1)) <= TeamsRateLimit.PerSecond));
            Assert.All(made.Where(one => one.Who > 0), one =>
                Assert.True(made.Count(other =>
                    other.Who == one.Who && other.At >= one.At && other.At < one.At.AddMinutes(1)) <= TeamsRateLimit.PerMinuteAndPerson));
        });

    [Fact]
    public void When_it_said_to_come_again_there_is_room()
    {
        var clock = new FakeTimeProvider(Given.Monday);
        var limit = new TeamsRateLimit(clock);
        var person = new Recipient(IsTeam: false, "reader");
        for (var request = 0; request < 50; request++)
        {
            if (limit.Reserve(person) is not { } notBefore) continue;
            clock.SetUtcNow(notBefore);
            Assert.Null(limit.Reserve(person));
        }

        Assert.InRange(clock.GetUtcNow(), Given.Monday.AddMinutes(2), Given.Monday.AddMinutes(5));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(3, 3)]
    [InlineData(1, 5)]
    public void What_takes_several_requests_gets_all_of_its_places_or_none(int made, int wanted)
    {
        var clock = new FakeTimeProvider(Given.Monday);
        var limit = new TeamsRateLimit(clock);
        var team = new Recipient(IsTeam: true, "team");
        for (var i = 0; i < made; i++)
        {
            Assert.Null(limit.Reserve(team));
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        var notBefore = limit.Reserve(team, wanted);
        Assert.NotNull(notBefore);
        Assert.True(notBefore > clock.GetUtcNow());
        clock.SetUtcNow(notBefore.Value.AddMilliseconds(-1));
        Assert.NotNull(limit.Reserve(team, wanted));
        clock.SetUtcNow(notBefore.Value);
        Assert.Null(limit.Reserve(team, wanted));
        Assert.Throws<ArgumentOutOfRangeException>(() => limit.Reserve(team, 6));
    }

    [Fact]
    public void After_a_refusal_nobody_is_told_until_its_time_is_over()
    {
        var clock = new FakeTimeProvider(Given.Monday);
        var limit = new TeamsRateLimit(clock);
        limit.RestUntil(Given.Monday.AddSeconds(17));
        limit.RestUntil(Given.Monday.AddSeconds(3));

        Assert.Equal(Given.Monday.AddSeconds(17), limit.Reserve(new Recipient(IsTeam: true, "team")));
        clock.Advance(TimeSpan.FromSeconds(17));
        Assert.Null(limit.Reserve(new Recipient(IsTeam: true, "team")));
    }
}
