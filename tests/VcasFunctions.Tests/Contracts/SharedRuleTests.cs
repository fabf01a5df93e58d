using System.Text.Json;
using System.Text.Json.Nodes;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using VcasReceiver;
using VcasReceiver.Page;

namespace VcasFunctions.Tests.Contracts;

/// <summary>What the force and VCAS each reckon by themselves, and must find alike: nothing but the contract is shared.</summary>
public sealed class SharedRuleTests
{
    private static readonly CallBackCalendar Force = new(CallHours.OfficeHours, BankHolidays.EnglandAndWales);

    public static TheoryData<string, string> References
    {
        get
        {
            var examples = JsonSerializer.Deserialize<List<Example>>(
                File.ReadAllText(Path.Combine(Golden.Root, "tests/Shared/household-references.json")), JsonSerializerOptions.Web)!;
            return [.. examples.Select(example => new TheoryDataRow<string, string>(example.Id, example.Reference))];
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public void A_household_is_called_the_same_on_both_sides(string id, string reference)
    {
        Assert.Equal(reference, Household.ReferenceOf(Guid.Parse(id)));
        Assert.Equal(reference, Referral(id, DateTimeOffset.UnixEpoch).Reference);
    }

    [Fact]
    public void An_answer_is_due_at_the_same_instant_on_both_sides()
    {
        // Every five hours and some minutes of five years that lie ahead: weekends, Easter, Christmas, both clock changes.
        for (var at = new DateTimeOffset(2026, 1, 1, 0, 7, 0, TimeSpan.Zero); at.Year < 2031; at = at.AddMinutes(317))
        {
            Assert.Equal(Force.AddWorkingDays(at, 2), AnswerTarget.After(at, 2));
            Assert.Equal(Force.AddWorkingDays(at, 5), AnswerTarget.After(at, 5));
        }
    }

    [Fact]
    public void An_answer_is_due_only_while_it_is_awaited_and_anew_once_what_was_rejected_is_amended()
    {
        var (received, changed) = (At("2024-03-11T10:00Z"), At("2024-03-18T15:30Z"));
        var waiting = Referral("7f3a1c52-7d4e-4b6a-9c11-0a5d3e8f2b01", received) with { ChangedAt = changed };
        Assert.Equal(At("2024-03-13T10:00Z"), AnswerTarget.Of(waiting, 2));
        var rejected = waiting with { Last = new LastDecision("rejected", 1, received, "outOfArea", null) };
        Assert.Null(AnswerTarget.Of(rejected, 2));
        Assert.Equal(At("2024-03-20T15:30Z"), AnswerTarget.Of(rejected with { Version = 2 }, 2));
        Assert.Null(AnswerTarget.Of(waiting with { WithdrawnFor = "doNotContact" }, 2));
    }

    // 11 March 2024 is a Monday in winter, 1 July 2024 one in summer.
    [Theory]
    [InlineData("monday wednesday 10:00-14:00", "2024-03-11T10:00Z", true, "Safe now, until 14:00")]
    [InlineData("monday wednesday 10:00-14:00", "2024-03-11T14:00Z", false, "Not safe now. Next safe time: Wednesday at 10:00")]
    [InlineData("monday wednesday 10:00-14:00", "2024-03-11T09:59Z", false, "Not safe now. Next safe time: today at 10:00")]
    [InlineData("monday 10:00-14:00", "2024-07-01T09:30Z", true, "Safe now, until 14:00")]
    [InlineData("monday 10:00-14:00", "2024-07-01T13:00Z", false, "Not safe now. Next safe time: next Monday at 10:00")]
    [InlineData("tuesday 09:00-12:00", "2024-03-11T10:00Z", false, "Not safe now. Next safe time: tomorrow at 09:00")]
    [InlineData("sunday 22:00-02:00", "2024-03-11T01:30Z", true, "Safe now, until 02:00")]
    [InlineData("monday 10:00-12:00 monday 12:00-15:00", "2024-03-11T11:00Z", true, "Safe now, until 15:00")]
    [InlineData("monday 20:00-01:00", "2024-03-11T21:00Z", true, "Safe now, until tomorrow at 01:00")]
    [InlineData(
        "monday tuesday wednesday thursday friday saturday sunday 00:00-00:00", "2024-03-11T11:00Z", true, "Safe at any time")]
    [InlineData("", "2024-03-11T11:00Z", null, "No times were named: ask first whether it is safe to speak")]
    public void Whether_a_number_is_safe_now_goes_by_the_clock_on_the_wall(string times, string now, bool? isOpen, string said) =>
        Assert.Equal(new SafeNow(isOpen, said), SafeNow.Of(new JsonObject { ["safeTimes"] = Times(times) }, At(now)));

    private static JsonArray Times(string text)
    {
        var (times, days) = (new JsonArray(), new JsonArray());
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!word.Contains('-', StringComparison.Ordinal)) days.Add(word);
            else
            {
                times.Add(new JsonObject { ["days"] = days, ["from"] = word[..5], ["to"] = word[6..] });
                days = [];
            }
        }

        return times;
    }

    private static StoredReferral Referral(string id, DateTimeOffset received) => new(id, 1, "{}", null, received, received, null);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Example(string Id, string Reference);
}
