using Azure.Messaging.ServiceBus;
using EndToEnd.Tests.Processes;

namespace EndToEnd.Tests.Outages;

/// <summary>VCAS says no, the police change their mind, and somebody sends what isn't an answer.</summary>
public sealed class AnswerTests
{
    private const string Answers = "referral-answers";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rejected_referral_is_the_supervisors_task_and_its_amendment_is_accepted()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas("reject:insufficientInformation");
        var id = await force.RecordAsync("accepted");
        await force.UntilReferralAsync(id, "rejected");
        Assert.Equal(["referralRejected"], force.ToldSupervisor(id));
        await force.StopVcasAsync();

        force.StartVcas();
        await force.DoAsync(
            HttpMethod.Post, $"referrals/{id}/amendment", new { contact = new { name = "Alex Example", phone = "07700 900456" } });
        await force.UntilReferralAsync(id, "accepted");
        var entry = Assert.Single(VcasBook.Read(force.Folder)).Value;
        Assert.Equal((2, "+447700900456"), (entry.Version, entry.Data!.Value.GetProperty("contact").GetProperty("phone").GetString()));
    }

    [Fact]
    public async Task A_referral_withdrawn_before_it_left_tells_VCAS_nothing_of_the_household()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas();
        await force.App.Azure.Broker.StopAsync();
        var id = await force.RecordAsync("accepted");
        await force.DoAsync(HttpMethod.Post, $"offers/{id}/withdrawal", new { reason = "noLongerWanted" });
        await force.App.Azure.Broker.StartAsync();
        await force.AdvanceAsync(TimeSpan.FromMinutes(32));
        await Shared.Eventually.HoldsAsync(
            () => Task.FromResult(VcasBook.Read(force.Folder).ContainsKey(id)),
            "VCAS to hear of the withdrawal",
            Cancellation,
            seconds: 60);

        Assert.Equal(new VcasEntry(0, null, "noLongerWanted"), VcasBook.Read(force.Folder)[id]);
        await force.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.DoesNotContain("referralSent", await force.TrailAsync(id));
        Assert.Empty(force.ToldSupervisor(id));
    }

    [Fact]
    public async Task A_referral_withdrawn_after_it_was_accepted_is_taken_back_at_VCAS()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas();
        var id = await force.RecordAsync("accepted");
        await force.UntilReferralAsync(id, "accepted");
        await force.DoAsync(HttpMethod.Post, $"referrals/{id}/withdrawal", new { reason = "moved" });
        await force.App.WhenIdleAsync(Cancellation);
        await Shared.Eventually.HoldsAsync(
            () => Task.FromResult(VcasBook.Read(force.Folder)[id].WithdrawnFor == "moved"),
            "VCAS to hear of the withdrawal",
            Cancellation,
            seconds: 60);

        Assert.Equal(("closed", "withdrawn"), (await force.StateAsync(id), await force.ReferralAsync(id)));
    }

    [Theory]
    [InlineData("malformed", "4101", "Alex Example, 07700 900123, lives at 1 Example Road")]
    [InlineData(
        "malformed",
        "4101",
        """
        {"id":"x","type":"uk.police.vcas.referral.accepted.v1","source":"/alex-example","subject":"07700900123",
         "time":"2024-03-04T09:00:00Z","data":null}
        """)]
    [InlineData(
        "malformed",
        "4101",
        """
        {"id":"x","type":"uk.police.vcas.referral.accepted.v1","source":"/s","subject":"s","time":"2024-03-04T09:00:00Z",
         "data":{"referralId":"Alex Example"}}
        """)]
    [InlineData(
        "unknownType",
        "4102",
        """{"id":"x","type":"Alex Example","source":"/s","subject":"s","time":"2024-03-04T09:00:00Z","data":{"referralId":"ID"}}""")]
    [InlineData(
        "unknownTypeOrReason",
        "4103",
        """
        {"id":"x","type":"uk.police.vcas.referral.rejected.v1","source":"/s","subject":"s","time":"2024-03-04T09:00:00Z",
         "data":{"referralId":"ID","reason":"Alex Example on 07700 900123"}}
        """)]
    [InlineData(
        "unknownReferral",
        "4107",
        """
        {"id":"x","type":"uk.police.vcas.referral.accepted.v1","source":"/s","subject":"5a0d6d0e-5a53-4b8e-9a5b-0f6a3f1d2c3b",
         "time":"2024-03-04T09:00:00Z","data":{"referralId":"5a0d6d0e-5a53-4b8e-9a5b-0f6a3f1d2c3b","caseReference":"Alex Example"}}
        """)]
    [InlineData(
        "subjectMismatch",
        "4106",
        """
        {"id":"x","type":"uk.police.vcas.referral.accepted.v1","source":"/s","subject":"Alex Example","time":"2024-03-04T09:00:00Z",
         "data":{"referralId":"ID"}}
        """)]
    [InlineData(
        "timeWithoutOffset",
        "4109",
        """
        {"id":"x","type":"uk.police.vcas.referral.accepted.v1","source":"/s","subject":"ID","time":"2024-07-04T09:00:00",
         "data":{"referralId":"ID"}}
        """)]
    [InlineData(
        "noReferralMade",
        "4108",
        """
        {"id":"x","type":"uk.police.vcas.referral.accepted.v1","source":"/s","subject":"ID","time":"2024-03-04T09:00:00Z",
         "data":{"referralId":"ID","caseReference":"Alex Example"}}
        """)]
    public async Task What_is_no_answer_is_put_aside_by_a_code_that_repeats_nothing(string reason, string number, string body)
    {
        await using var force = await Force.StartAsync();
        var id = await force.RecordAsync("declined");
        await using var client = new ServiceBusClient(force.App.Azure.Broker.ConnectionString);
        await client.CreateSender(Answers)
            .SendMessageAsync(new ServiceBusMessage(body.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)), Cancellation);
        await force.App.WhenIdleAsync(Cancellation);
        Assert.Equal(1, force.App.Azure.Broker.Count($"{Answers}-dead").Active);

        await using var dead = client.CreateReceiver($"{Answers}-dead");
        var message = await dead.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal((reason, number, Answers), (message!.DeadLetterReason, message.DeadLetterErrorDescription, message.DeadLetterSource));
        Assert.Equal(["offerRecorded"], await force.TrailAsync(id));
        Assert.DoesNotContain("Example", force.Log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("900123", force.Log.Text, StringComparison.Ordinal);
    }
}
