using System.Text;
using CsCheck;
using Shared;
using Vcas.Domain.Households;
using VcasFunctions.Referrals;
using VcasFunctions.Tests.BadInput;
using VcasFunctions.Tests.Contracts;

namespace VcasFunctions.Tests.Messages;

/// <summary>What VCAS answers is understood; what isn't an answer is put aside under a code that says nothing of anybody.</summary>
public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("referral.received.v1", ReferralAnswerKind.Received)]
    [InlineData("referral.accepted.v1", ReferralAnswerKind.Accepted)]
    [InlineData("referral.rejected.v1", ReferralAnswerKind.Rejected)]
    [InlineData("referral.closed.v1", ReferralAnswerKind.Closed)]
    public void Every_worked_example_of_an_answer_is_understood(string name, ReferralAnswerKind kind)
    {
        var (referralId, answer, fault) = AnswerReader.Read(BinaryData.FromString(Contract.ExampleText(name)));
        Assert.Null(fault);
        Assert.Equal(Guid.Parse(Contract.ReferralId), referralId);
        Assert.Equal(kind, answer!.Kind);
        Assert.Equal(1, answer.Version);
        Assert.Equal(kind == ReferralAnswerKind.Rejected ? RejectionReason.AtCapacity : null, answer.Rejection);
        Assert.Equal(kind == ReferralAnswerKind.Closed ? ClosureReason.Completed : null, answer.Closure);
    }

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("Zzyzx", "malformed")]
    [InlineData("null", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("{}", "malformed")]
    [InlineData("""{"specversion":"1.0","id":null,"type":null}""", "malformed")]
    [InlineData("""{"id":"a","id":"b"}""", "malformed")]
    public void What_is_no_answer_is_malformed(string body, string code) =>
        Assert.Equal(code, AnswerReader.Read(BinaryData.FromString(body)).Fault);

    [Theory]
    [InlineData("referral.made.v1", "id", null, "unknownTypeOrReason")]
    [InlineData("referral.accepted.v1", "type", "uk.police.vcas.referral.accepted.v2", "unknownTypeOrReason")]
    [InlineData("referral.accepted.v1", "type", "com.example.something", "unknownType")]
    [InlineData("referral.accepted.v1", "id", "long", "idTooLong")]
    [InlineData("referral.rejected.v1", "data.reason", "Zzyzx", "unknownTypeOrReason")]
    [InlineData("referral.rejected.v1", "data.reason", "AtCapacity", "unknownTypeOrReason")]
    [InlineData("referral.rejected.v1", "data.reason", "0", "unknownTypeOrReason")]
    [InlineData("referral.rejected.v1", "data.reason", "completed", "unknownTypeOrReason")]
    [InlineData("referral.closed.v1", "data.reason", "atCapacity", "unknownTypeOrReason")]
    [InlineData("referral.accepted.v1", "data.caseReference", "long", "caseReferenceTooLong")]
    [InlineData("referral.accepted.v1", "data.referralId", "Zzyzx", "malformed")]
    [InlineData("referral.accepted.v1", "data.version", "one", "malformed")]
    [InlineData("referral.accepted.v1", "data.referralId", "5a0d6d0e-5a53-4b8e-9a5b-0f6a3f1d2c3b", "subjectMismatch")]
    [InlineData("referral.accepted.v1", "subject", "5a0d6d0e-5a53-4b8e-9a5b-0f6a3f1d2c3b", "subjectMismatch")]
    [InlineData("referral.accepted.v1", "subject", "", "subjectMismatch")]
    public void An_answer_that_is_nearly_right_has_a_code_of_its_own(string example, string place, string? value, string code)
    {
        var message = Contract.Example(example);
        var at = place.StartsWith("data.", StringComparison.Ordinal) ? message["data"]!.AsObject() : message;
        if (value is not null) at[place.Split('.')[^1]] = value == "long" ? new string('z', 201) : value;
        Assert.Equal(code, AnswerReader.Read(BinaryData.FromString(message.ToJsonString())).Fault);
    }

    [Fact]
    public void A_mark_before_the_text_means_nothing_and_half_a_mark_is_no_answer()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(Contract.ExampleText("referral.closed.v1"))];
        Assert.Equal(ReferralAnswerKind.Closed, AnswerReader.Read(BinaryData.FromBytes([0xEF, 0xBB, 0xBF, .. text])).Answer!.Kind);
        Assert.Equal("malformed", AnswerReader.Read(BinaryData.FromBytes([0xEF, 0xBB, .. text])).Fault);
        Assert.Equal("malformed", AnswerReader.Read(BinaryData.FromBytes([0xEF, 0xBB, 0xBF])).Fault);
    }

    [Fact]
    public void Random_bytes_give_an_answer_or_a_code_and_never_more() => RandomJson.Body.Sample(
        body =>
        {
            var (_, answer, fault) = AnswerReader.Read(BinaryData.FromBytes(body));
            return answer is null != fault is null && (fault is null || fault.All(char.IsAsciiLetter));
        },
        iter: 20_000);

    [Fact]
    public async Task Answers_that_cannot_be_used_are_dead_lettered_under_their_code_and_the_rest_goes_on()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var (waiting, referred) = (await api.RecordAsync(Given.Declined()), await new Households(app, api).ReferredAsync());

        await vcas.SendAsync("{Zzyzx");
        await vcas.AnswerAsync(Guid.NewGuid(), "accepted");
        await vcas.AnswerAsync(waiting, "accepted");
        await vcas.AnswerAsync(referred, "rejected", "Zzyzx");
        await vcas.AnswerAsync(referred, "accepted");

        Assert.Equal("accepted", (await api.GetAsync($"offers/{referred}"))["referral.state"]);
        var dead = await vcas.TakeAsync("referral-answers", deadLetter: true);
        Assert.Equal(
            ["malformed", "unknownReferral", "noReferralMade", "unknownTypeOrReason"], dead.Select(message => message.DeadLetterReason));
        Assert.All(dead, message =>
            Assert.DoesNotContain("Zzyzx", message.DeadLetterReason + message.DeadLetterErrorDescription, StringComparison.Ordinal));
    }
}
