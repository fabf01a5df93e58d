using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Referrals;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Contracts;

namespace VcasFunctions.Tests.BadInput;

/// <summary>
/// Words are taken exactly as they are published, wherever they come in; another one is refused with the words there are.
/// </summary>
public sealed class WordTests(SharedApp shared)
{
    private const string Attempt = "9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001";

    // A body with one word in it, and what the refusal names.
    public static TheoryData<string, string, string, string> Places => new()
    {
        { "PUT", "offers/{id}", """{"answer":"@","contact":{"phone":"07700 900123"}}""", "accepted, declined, notAsked, doNotContact" },
        { "PUT", "offers/{id}", """{"answer":"declined","contact":{"phone":"07700 900123"},"risks":["violence","@"]}""", "selfHarm" },
        { "PUT", "offers/{id}", """{"answer":"declined","contact":{"phone":"07700 900123","ageBand":"@"}}""", "from16To17" },
        { "PUT", "offers/{id}", """{"answer":"declined","contact":{"phone":"07700 900123"},"lawfulBasis":"@"}""", "vitalInterests" },
        {
            "PUT",
            "offers/{id}",
            """{"answer":"declined","contact":{"phone":"07700 900123"},"household":{"people":[{"relationship":"@","ageBand":"adult"}]}}""",
            "otherAdult"
        },
        {
            "PUT",
            "offers/{id}",
            """{"answer":"declined","contact":{"phone":"07700 900123","safeTimes":[{"days":["@"],"from":"09:00","to":"10:00"}]}}""",
            "saturday"
        },
        { "POST", "call-backs/{id}/attempts", $$"""{"attemptId":"{{Attempt}}","outcome":"@","safetyChecked":true}""", "callLater" },
        { "PUT", "call-backs/{id}/hold", """{"reason":"@","reviewAt":"2024-03-18T09:00:00Z"}""", "bailChanged" },
        { "POST", "offers/{id}/withdrawal", """{"reason":"@"}""", "noLongerWanted" },
        { "POST", "offers/{id}/erasure", """{"reason":"@"}""", "dataSubjectRequest" },
        { "POST", "offers/{id}/danger", """{"risks":["@"]}""", "childAtRisk" },
        { "POST", "referrals/{id}/amendment", """{"risks":["@"]}""", "courtDatePending" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_body_takes_a_word_exactly_as_published(string method, string path, string body, string lists)
    {
        foreach (var wrong in new[]
        {
            "accepted,declined", "violence,selfHarm", "other,other", "monday,friday", "moved, died", "child,adult", "partner | child",
            "Declined", "OTHER", "noanswer", " moved", "moved ", "violence\\t", "0", "1", "-1", "7", "", "accepted;declined",
            "other\\u0000",
        })
        {
            var id = Guid.NewGuid();
            var answer = (await shared.Api.SendAsync(method, path.Replace("{id}", id.ToString()), body.Replace("@", wrong))).MustRefuse(
                400, 1002);
            Assert.Contains(lists, answer.Text, StringComparison.Ordinal);
            Assert.False(await shared.KnowsAsync(id));
        }
    }

    [Theory]
    [InlineData("""{"answer":1,"contact":{"phone":"07700 900123"}}""")]
    [InlineData("""{"answer":true,"contact":{"phone":"07700 900123"}}""")]
    [InlineData("""{"answer":{"word":"declined"},"contact":{"phone":"07700 900123"}}""")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07700 900123"},"risks":[null]}""")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07700 900123"},"risks":[2]}""")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07700 900123","safeTimes":[{"days":[null],"from":"09:00","to":"10:00"}]}}""")]
    public async Task What_is_no_text_is_no_word(string body)
    {
        var id = Guid.NewGuid();
        (await shared.Api.SendAsync("PUT", $"offers/{id}", body)).MustRefuse(400, 1002);
        Assert.False(await shared.KnowsAsync(id));
    }

    [Theory]
    [InlineData("""{"answer":"declined","answer":"declined","contact":{"phone":"07700 900123"}}""")]
    [InlineData("""{"answer":"declined","Answer":"doNotContact","contact":{"phone":"07700 900123"}}""")]
    [InlineData("""{"answer":"declined","contact":{"phone":"07700 900123","PHONE":"07700 900456"}}""")]
    [InlineData(
        """
        {"answer":"declined","contact":{"phone":"07700 900123"},
         "household":{"people":[{"ageBand":"adult","relationship":"child","ageBand":"under5"}]}}
        """)]
    public async Task A_field_that_stands_twice_is_refused_as_that(string body)
    {
        var id = Guid.NewGuid();
        Assert.Contains(
            "twice", (await shared.Api.SendAsync("PUT", $"offers/{id}", body)).MustRefuse(400, 1001).Text, StringComparison.Ordinal);
        Assert.False(await shared.KnowsAsync(id));
    }

    [Fact]
    public async Task The_same_word_twice_in_a_list_says_it_once()
    {
        var id = await shared.Api.RecordAsync(Given.Declined().With("risks", new JsonArray("violence", "courtDatePending", "violence")));
        Assert.Equal(
            """["violence","courtDatePending"]""", (await shared.Api.GetAsync($"offers/{id}")).Json.GetProperty("risks").GetRawText());
    }

    [Theory]
    [InlineData("call-backs?state=due,held")]
    [InlineData("call-backs?state=HELD")]
    [InlineData("call-backs?state=%20due")]
    [InlineData("call-backs?state=2")]
    [InlineData("call-backs?team=north&team=south")]
    [InlineData("call-backs?limit=%201")]
    [InlineData("call-backs?limit=%2B1")]
    [InlineData("referrals?state=sent,received")]
    [InlineData("referrals?state=ToSend")]
    [InlineData("reports/uptake?by=month,team")]
    [InlineData("reports/uptake?by=Month")]
    [InlineData("reports/uptake?from=2023-01-01&from=2022-01-01")]
    [InlineData("reports/uptake?format=CSV")]
    [InlineData("audit?format=Csv")]
    public async Task A_query_takes_a_word_exactly_as_published_and_once(string path) =>
        (await shared.Api.GetAsync(path)).MustRefuse(400, 1010);

    [Theory]
    [InlineData("referral.rejected.v1", "atCapacity,other")]
    [InlineData("referral.rejected.v1", "atcapacity")]
    [InlineData("referral.rejected.v1", "duplicate ")]
    [InlineData("referral.rejected.v1", "6")]
    [InlineData("referral.closed.v1", "completed,moved")]
    [InlineData("referral.closed.v1", "needsmet")]
    [InlineData("referral.closed.v1", "\tdied")]
    public void VCAS_s_reasons_are_taken_exactly_as_published(string example, string reason)
    {
        var message = Contract.Example(example);
        message["data"]!["reason"] = reason;
        Assert.Equal("unknownTypeOrReason", AnswerReader.Read(BinaryData.FromString(message.ToJsonString())).Fault);
    }

    [Theory]
    [InlineData("\"answer\":\"declined\"", "\"answer\":\"declined,notAsked\"")]
    [InlineData("\"answer\":\"declined\"", "\"answer\":\"Declined\"")]
    [InlineData("\"stage\":\"waiting\"", "\"stage\":\"asleep\"")]
    [InlineData("\"stage\":\"waiting\"", "\"stage\":7")]
    public async Task A_stored_word_that_nobody_knows_is_a_damaged_record_and_named(string stored, string damaged)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        var table = app.Services.GetRequiredService<VcasTables>().Offers;
        var row =
            (await table.GetEntityAsync<TableEntity>($"{id}", "offer", cancellationToken: TestContext.Current.CancellationToken)).Value;
        Assert.Contains(stored, row.GetString("State"), StringComparison.Ordinal);
        row["State"] = row.GetString("State").Replace(stored, damaged, StringComparison.Ordinal);
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);

        foreach (var answer in new[]
        {
            await api.GetAsync($"offers/{id}?reason=callBack"),
            await api.PostAsync($"offers/{id}/acceptance", new { }),
        })
        {
            answer.MustRefuse(500, 9004);
            Assert.Contains($"Offers {id} offer", answer.Text, StringComparison.Ordinal);
            Assert.Contains("again does not help", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_register_row_that_cannot_be_read_is_named_and_no_figure_leaves_it_out_in_silence()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        var table = app.Services.GetRequiredService<VcasTables>().Register;
        await table.UpsertEntityAsync(
            new TableEntity("2024-03", $"{id}") { ["Record"] = "{\"answer\":\"declined, notAsked\"}" },
            TableUpdateMode.Replace,
            TestContext.Current.CancellationToken);
        Assert.Contains(
            $"Register 2024-03 {id}", (await api.GetAsync("reports/uptake")).MustRefuse(500, 9004).Text, StringComparison.Ordinal);
    }
}
