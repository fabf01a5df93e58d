using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>What a household's safe hours say of a moment, in London's time.</summary>
public sealed class SafeTimesTests
{
    // 2024-03-11 is a Monday; the clock goes forward on Sunday 2024-03-31.
    [Theory]
    [InlineData("2024-03-11T09:29Z", false, "2024-03-11T09:30Z", null)]
    [InlineData("2024-03-11T09:30Z", true, null, "2024-03-11T12:00Z")]
    [InlineData("2024-03-11T12:00Z", false, "2024-03-13T09:30Z", null)]
    [InlineData("2024-03-13T12:00Z", false, "2024-03-18T09:30Z", null)]
    [InlineData("2024-03-30T12:00Z", false, "2024-04-01T08:30Z", null)]
    public void A_call_is_safe_within_the_hours_or_from_the_next_ones(string now, bool safe, string? from, string? until) =>
        Assert.Equal(
            new SafeWindow(safe, InstantOf(from), InstantOf(until)),
            SafeTimesText.At(
                SafeTimesText.Write([new SafeTime([DayOfWeek.Monday, DayOfWeek.Wednesday], new TimeOnly(9, 30), new TimeOnly(12, 0))]),
                InstantOf(now)!.Value));

    [Fact]
    public void Hours_that_touch_are_one_window()
    {
        SafeTime[] hours =
        [
            new([DayOfWeek.Monday], new TimeOnly(9, 0), new TimeOnly(12, 0)),
            new([DayOfWeek.Monday], new TimeOnly(12, 0), new TimeOnly(13, 0)),
        ];
        Assert.Equal(
            InstantOf("2024-03-11T13:00Z"), SafeTimesText.At(SafeTimesText.Write(hours), InstantOf("2024-03-11T10:00Z")!.Value).Until);
    }

    [Fact]
    public void Where_none_were_named_every_moment_will_do() =>
        Assert.Equal(SafeWindow.Always, SafeTimesText.At("", InstantOf("2024-03-11T03:00Z")!.Value));

    private static DateTimeOffset? InstantOf(string? text) => text is null ? null : DateTimeOffset.Parse(text);
}
