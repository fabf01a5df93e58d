using System.Globalization;
using System.Text.Json;
using Shared;
using VcasFunctions.Problems;
using VcasFunctions.Referrals;
using VcasFunctions.Tests.Contracts;

namespace VcasFunctions.Tests.BadInput;

/// <summary>No instant without its offset, whatever time zone the machine is set to; and no offer of long ago without a word.</summary>
public sealed class InstantTests(SharedApp shared)
{
    public static TheoryData<string> Wrong =>
    [
        "2024-03-11T09:00:00", "2024-03-11T09:00", "2024-03-11 09:00:00Z", "2024-03-11", "09:00", "2024-3-11T09:00:00Z", "2024-03-11T9:00Z",
        "2024-03-11T24:00:00Z", "2024-03-11T23:60:00Z", "2024-03-11T09:00:60Z", "2023-02-29T09:00:00Z", "2100-02-29T09:00:00Z",
        "2024-04-31T09:00:00Z",
        "2024-03-11T09:00:00+1", "2024-03-11T09:00:00+0100", "2024-03-11T09:00:00+15:00", "2024-03-11T09:00:00 Z", " 2024-03-11T09:00:00Z",
        "2024-03-11T09:00:00Z\n", "11/03/2024 09:00", "Mon, 11 Mar 2024 09:00:00 GMT", "1710151200", "0000-01-01T00:00:00Z",
        "2024-03-11T09:00:00BST",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_instant_without_its_offset_is_refused_everywhere_and_the_answer_says_what_to_add(string instant)
    {
        var text = JsonSerializer.Serialize(instant);
        foreach (var (method, path, body) in new[]
        {
            ("PUT", "offers/{id}", $$$"""{"answer":"declined","offeredAt":{{{text}}},"contact":{"phone":"07700 900123"}}"""),
            ("POST", "offers/{id}/acceptance", $$"""{"acceptedAt":{{text}}}"""),
            (
                "POST",
                "call-backs/{id}/attempts",
                $$"""
                {"attemptId":"9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001","outcome":"callLater","safetyChecked":true,"callAgainAt":{{text}}}
                """),
            ("PUT", "call-backs/{id}/hold", $$"""{"reason":"bailChanged","reviewAt":{{text}}}"""),
        })
        {
            var answer = (await shared.Api.SendAsync(method, path.Replace("{id}", Guid.NewGuid().ToString()), body)).MustRefuse(400, 1002);
            Assert.Contains("add Z, or +01:00", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void In_an_answer_of_VCAS_s_it_is_put_aside_under_a_code_of_its_own(string instant)
    {
        var message = Contract.Example("referral.accepted.v1");
        message["data"]!["at"] = instant;
        Assert.Equal("timeWithoutOffset", AnswerReader.Read(BinaryData.FromString(message.ToJsonString())).Fault);
        var envelope = Contract.Example("referral.accepted.v1");
        envelope["time"] = instant;
        Assert.Equal("timeWithoutOffset", AnswerReader.Read(BinaryData.FromString(envelope.ToJsonString())).Fault);
    }

    [Theory]
    [InlineData("2024-03-11T09:00:00Z", "2024-03-11T09:00:00Z")]
    [InlineData("2024-03-11T09:00Z", "2024-03-11T09:00:00Z")]
    [InlineData("2024-07-11T09:00:00+01:00", "2024-07-11T08:00:00Z")]
    [InlineData("2024-03-11T09:00:00.1234567-05:30", "2024-03-11T14:30:00.1234567Z")]
    [InlineData("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00Z")]
    public void With_its_offset_it_is_read_to_the_tick(string text, string utc)
    {
        Assert.True(Instants.TryRead(text, out var instant));
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), instant);
    }

    [Theory]
    [InlineData(14, 201)]
    [InlineData(15, 422)]
    [InlineData(366, 422)]
    public async Task An_offer_of_long_ago_is_not_called_without_a_word(int days, int status)
    {
        var (id, offer) = (Guid.NewGuid(), Given.Declined().With("offeredAt", Given.Monday.AddDays(-days).ToString("O")));
        var answer = await shared.Api.PutAsync($"offers/{id}", offer);
        if (status == 201)
        {
            answer.Must(201);
            return;
        }

        answer.MustRefuse(422, 2041);
        Assert.False(await shared.KnowsAsync(id));
        (await shared.Api.PutAsync($"offers/{id}", offer.With("offeredAtConfirmed", false))).MustRefuse(422, 2041);
        (await shared.Api.PutAsync($"offers/{id}", offer.With("offeredAtConfirmed", true))).Must(201);
    }

    [Fact]
    public async Task What_was_recorded_in_time_is_answered_as_recorded_however_late_the_phone_asks_again()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var offer = Given.Declined().With("offeredAt", Given.Monday.AddHours(-1).ToString("O"));
        var id = await api.RecordAsync(offer);
        await app.AdvanceAsync(TimeSpan.FromDays(18), TestContext.Current.CancellationToken);
        Assert.Equal("waiting", (await api.PutAsync($"offers/{id}", offer)).Must(200)["state"]);
        (await api.PutAsync($"offers/{id}", Given.Declined("07700 900456").With("offeredAt", Given.Monday.AddHours(-1).ToString("O"))))
            .MustRefuse(422, 2041);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(300)]
    public async Task An_offer_of_a_phone_whose_clock_is_ahead_can_be_accepted_at_once(int seconds)
    {
        var id = await shared.Api.RecordAsync(Given.Declined().With("offeredAt", Given.Monday.AddSeconds(seconds).ToString("O")));
        var accepted = (await shared.Api.PostAsync($"offers/{id}/acceptance", new { })).Must(200);
        Assert.Equal("referred", accepted["state"]);
        (await shared.Api.PostAsync($"offers/{id}/acceptance", new { })).Must(200);
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("2024-1-1")]
    [InlineData("24-01-01")]
    [InlineData("2024-01-01T00:00:00Z")]
    [InlineData("today")]
    [InlineData("10000-01-01")]
    public async Task A_report_takes_days_that_the_calendar_has(string day)
    {
        foreach (var end in new[] { "from", "to" }) (await shared.Api.GetAsync($"reports/uptake?{end}={day}")).MustRefuse(400, 1010);
    }
}
