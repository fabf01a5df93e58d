using CsCheck;
using Microsoft.Extensions.Time.Testing;
using VcasFunctions.Notifications;

namespace VcasFunctions.Tests.Notifications;

/// <summary>Whatever comes and however fast, no second and no person gets more than Teams takes.</summary>
public sealed class TeamsPaceTests
{
    [Fact]
    public void No_second_sees_more_than_five_requests_and_no_person_more_than_ten_a_minute() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 3]).Array[1, 200].Sample(requests =>
        {
            var clock = new FakeTimeProvider(Given.Monday);
            var pace = new TeamsPace(clock);
            var made = new List<(DateTimeOffset At, int Who)>();
            foreach (var (after, who) in requests)
            {
                clock.Advance(TimeSpan.FromMilliseconds(after));
                var addressee = new Addressee(IsTeam: who == 0, $"reader-{who}");
                if (pace.Enter(addressee) is { } notBefore)
                {
                    Assert.True(notBefore > clock.GetUtcNow());
                    continue;
                }

                made.Add((clock.GetUtcNow(), who));
            }

            Assert.All(
                made,
                one => Assert.True(made.Count(other => other.At >= one.At && other.At < one.At.AddSeconds(1)) <= TeamsPace.PerSecond));
            Assert.All(made.Where(one => one.Who > 0), one =>
                Assert.True(made.Count(other =>
                    other.Who == one.Who && other.At >= one.At && other.At < one.At.AddMinutes(1)) <= TeamsPace.PerMinuteAndPerson));
        });

    [Fact]
    public void When_it_said_to_come_again_there_is_room()
    {
        var clock = new FakeTimeProvider(Given.Monday);
        var pace = new TeamsPace(clock);
        var person = new Addressee(IsTeam: false, "reader");
        for (var request = 0; request < 50; request++)
        {
            if (pace.Enter(person) is not { } notBefore) continue;
            clock.SetUtcNow(notBefore);
            Assert.Null(pace.Enter(person));
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
        var pace = new TeamsPace(clock);
        var team = new Addressee(IsTeam: true, "team");
        for (var i = 0; i < made; i++)
        {
            Assert.Null(pace.Enter(team));
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        var notBefore = pace.Enter(team, wanted);
        Assert.NotNull(notBefore);
        Assert.True(notBefore > clock.GetUtcNow());
        clock.SetUtcNow(notBefore.Value.AddMilliseconds(-1));
        Assert.NotNull(pace.Enter(team, wanted));
        clock.SetUtcNow(notBefore.Value);
        Assert.Null(pace.Enter(team, wanted));
        Assert.Throws<ArgumentOutOfRangeException>(() => pace.Enter(team, 6));
    }

    [Fact]
    public void After_a_refusal_nobody_is_told_until_its_time_is_over()
    {
        var clock = new FakeTimeProvider(Given.Monday);
        var pace = new TeamsPace(clock);
        pace.RestUntil(Given.Monday.AddSeconds(17));
        pace.RestUntil(Given.Monday.AddSeconds(3));

        Assert.Equal(Given.Monday.AddSeconds(17), pace.Enter(new Addressee(IsTeam: true, "team")));
        clock.Advance(TimeSpan.FromSeconds(17));
        Assert.Null(pace.Enter(new Addressee(IsTeam: true, "team")));
    }
}
