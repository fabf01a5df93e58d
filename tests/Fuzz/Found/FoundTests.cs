using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Google.Protobuf;
using LocalAzure.DurableTask.History;
using LocalAzure.Functions;
using LocalAzure.Hosting;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasReceiver;

namespace Fuzz.Found;

/// <summary>What fuzzing found, each once more in its smallest form.</summary>
public sealed class FoundTests
{
    [Theory]
    [InlineData("a value described by a value described by …", 0x00)]
    [InlineData("a list in a list in …", 0xc0)]
    [InlineData("an array of arrays of …", 0xf0)]
    public void A_message_of_nothing_but_beginnings_is_refused_and_ends_no_process(string what, byte beginning)
    {
        byte[] one = beginning switch { 0xc0 => [0xc0, 0xff, 0x01], 0xf0 => [0xf0, 0, 0, 0, 1, 0, 0, 0, 1], _ => [beginning] };
        byte[] bytes = [0x00, 0x53, 0x77, .. Enumerable.Repeat(one, 20_000).SelectMany(part => part)];
        Assert.True(
            Assert.Throws<AmqpException>(() => MessageCodec.Parse(bytes, 0)).Error.Condition.Equals((Symbol)ErrorCode.DecodeError), what);
        Assert.Equal((Symbol)ErrorCode.DecodeError, Assert.Throws<AmqpException>(() => MessageCodec.DecodeRequest(bytes)).Error.Condition);
    }

    [Fact]
    public void A_frame_of_nothing_but_beginnings_is_left_alone()
    {
        byte[] frame =
        [
            0, 0, 0, 0, 2, 0, 0, 0, 0x00, 0x53, 0x15, 0xc0, 0xff, 0x05, 0x41, 0x52, 0x01, 0x40, 0x41, 0x00, 0x53, 0x27, 0xc0, 0xff, 0x03,
            .. new byte[200_000],
        ];
        var before = frame.ToArray();
        FrameRepair.Repair(frame);
        Assert.Equal(before, frame);
    }

    [Fact]
    public void A_body_of_two_kinds_is_refused_when_it_is_sent_and_not_when_it_is_dead_lettered()
    {
        byte[] bytes = [0x00, 0x53, 0x77, 0x40, 0x00, 0x53, 0x75, 0xa0, 0x01, 0x7b];
        Assert.Equal((Symbol)ErrorCode.DecodeError, Assert.Throws<AmqpException>(() => MessageCodec.Parse(bytes, 0)).Error.Condition);
    }

    [Theory]
    [InlineData("005375B08000000000")]
    [InlineData("005377B080000000FFFFFFFFA0")]
    [InlineData("005375B07FFFFFFF00")]
    [InlineData("005374400053754000")]
    [InlineData("00537440")]
    public void A_section_that_ends_before_it_begins_or_is_no_map_is_refused_when_it_is_sent(string hex) =>
        Assert.Equal(
            (Symbol)ErrorCode.DecodeError,
            Assert.Throws<AmqpException>(() => MessageCodec.Parse(Convert.FromHexString(hex), 0)).Error.Condition);

    [Fact]
    public void A_request_to_the_broker_whose_properties_are_no_map_is_refused() =>
        Assert.Equal(
            (Symbol)ErrorCode.DecodeError,
            Assert.Throws<AmqpException>(() => MessageCodec.DecodeRequest([0x00, 0x53, 0x74, 0x40])).Error.Condition);

    [Theory]
    [InlineData("com.microsoft:peek-message", "from-sequence-number", "x")]
    [InlineData("com.microsoft:renew-lock", "lock-tokens", null)]
    [InlineData("com.microsoft:cancel-scheduled-message", "sequence-numbers", null)]
    public async Task A_request_to_the_broker_that_asks_for_nothing_is_answered(string operation, string name, string? text)
    {
        object value = text is not null ? text
            : operation.EndsWith("renew-lock", StringComparison.Ordinal) ? Array.Empty<Guid>()
            : Array.Empty<long>();
        var request = new Message
        {
            ApplicationProperties = new ApplicationProperties { ["operation"] = operation },
            BodySection = new AmqpValue { Value = new Map { [name] = value } },
        };
        using var folder = new TemporaryFolder("found-");
        await using var store = LocalStore.Open(Path.Combine(folder.Path, "bus.db"), Durability.Process);
        var options = new BrokerOptions();
        options.Queues.Add(new QueueOptions("referrals"));
        using var engine = new Engine(store, new FakeTimeProvider(), options);
        await engine.LoadAsync();

        var codes = new List<int>();
        ManagementRequest.Handle(engine, engine.Find("referrals")!, request, (code, _, _) => codes.Add(code));
        Assert.Equal([400], codes);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("1AFFFFFFFF0F")]
    [InlineData("1A0608FFFFFFFF")]
    public void A_damaged_row_of_a_history_is_told_as_such(string hex) =>
        Assert.Throws<InvalidProtocolBufferException>(() => Episode.Decode([Convert.FromHexString(hex)]));

    [Fact]
    public void Failures_within_failures_end_no_process()
    {
        var exception = Enumerable.Range(0, 5_000).Aggregate(
            new InvalidOperationException("first"), (inner, _) => new InvalidOperationException("next", inner));
        var row = Happened.TaskFailed(1, Failures.Of(exception)).ToByteArray();
        Assert.Equal("next", HistoryEvent.Parser.ParseFrom(row).TaskFailed.FailureDetails.ErrorMessage);

        byte[] deep = [];
        for (var i = 0; i < 3_000; i++)
        {
            var inner = deep;
            deep = new byte[inner.Length + 1 + CodedOutputStream.ComputeLengthSize(inner.Length)];
            using var output = new CodedOutputStream(deep);
            output.WriteRawTag(0x22);
            output.WriteBytes(ByteString.CopyFrom(inner));
        }

        Assert.Throws<InvalidProtocolBufferException>(() => Failures.Decode(deep));
    }

    [Theory]
    [InlineData("""{"instanceId":"i","instanceId":"i"}""")]
    [InlineData("\ud83d")]
    public void An_exported_history_that_says_a_thing_twice_or_is_no_text_is_a_format_exception(string json) =>
        Assert.Throws<FormatException>(() => HistoryJson.Read(json));

    [Fact]
    public void An_interval_that_ends_after_the_end_of_time_never_comes() =>
        Assert.Null(Schedule.Parse("Sweep", "10675199.02:48:05", TimeZoneInfo.Utc).After(Given.Monday));

    [Fact]
    public void A_setting_named_by_a_hundred_thousand_colons_stops_the_start()
    {
        using var folder = new TemporaryFolder("found-");
        File.WriteAllText(Path.Combine(folder.Path, "local.settings.json"), $$$"""{"Values":{"{{{new string(':', 100_000)}}}":"x"}}""");
        var stopped = Assert.Throws<InvalidDataException>(() => LocalSettings.Read(new ConfigurationBuilder().Build(), folder.Path));
        Assert.Contains("longer than 500", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\u00ff")]
    public void The_receiver_refuses_a_message_whose_texts_are_none(string text)
    {
        var body = Encoding.Latin1.GetBytes($$"""{"type":"uk.police.vcas.{{text}}"}""");
        var (message, refusal) = ReferralContract.Load().Read(new VcasReceiver.Incoming(body, "application/cloudevents+json", null));
        Assert.Null(message);
        Assert.Equal("NotJson", refusal!.Reason);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999999999999999999999.5")]
    [InlineData("2147483648")]
    [InlineData(
        "292233720368547758089223372036854775808922337203685477580892233720368547758089223372036854775808922337203685477580"
        + "892233720368547758089223372036854775808922337203685477580892233720368547758089223372036854775808922337203685477580"
        + "892233720368547758089223372036854775808922337203685477580892233720368547758089223372036854775808922337203685477580"
        + "892233720368547758089223372036854775808922337203685477580892233720368547758089223372036854775808")]
    public void The_receiver_refuses_a_message_with_a_number_that_is_none_of_the_contract(string number)
    {
        var body = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Fuzz.Given.Source("src/VcasFunctions/Referrals/contracts/examples/referral.made.v1.json")).Replace(
                "\"version\": 1", $"\"version\": {number}", StringComparison.Ordinal));
        var (message, refusal) = ReferralContract.Load().Read(new VcasReceiver.Incoming(body, "application/cloudevents+json", null));
        Assert.Null(message);
        Assert.Equal("SchemaViolation", refusal!.Reason);
    }

    [Fact]
    public void The_receiver_refuses_a_message_with_a_name_that_is_half_a_surrogate_pair()
    {
        var body = Encoding.Latin1.GetBytes("""{"specversion":"1.0","t\ud800":1,"id":"x"}""");
        var (message, refusal) = ReferralContract.Load().Read(new VcasReceiver.Incoming(body, "application/cloudevents+json", null));
        Assert.Null(message);
        Assert.Equal("NotJson", refusal!.Reason);
    }
}
