using System.Text.Json.Nodes;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>
/// The AsyncAPI document says of queues and messages what the schemas, the examples and the receiver say. That it is sound AsyncAPI
/// is judged in Infra.Tests.
/// </summary>
public sealed class AsyncApiTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(Contract.Folder, "asyncapi.json")))!;

    [Fact]
    public void Each_queue_carries_its_messages_and_no_other()
    {
        var queues = ReceiverOptions.Read(["--connection", "Endpoint=sb://localhost;UseDevelopmentEmulator=true"], _ => null).Bus;
        Assert.Equal(Contract.FromForce, MessagesOf("referrals", queues.Referrals, "receiveReferrals", "receive"));
        Assert.Equal(Contract.FromVcas, MessagesOf("referralAnswers", queues.Answers, "sendAnswers", "send"));
        Assert.Equal(2, Document["channels"]!.AsObject().Count);
    }

    [Theory]
    [MemberData(nameof(Contract.Names), MemberType = typeof(Contract))]
    public void Each_message_has_its_schema_and_its_example(string name)
    {
        var message = Document["components"]!["messages"]![KeyOf(name)]!;
        Assert.Equal("uk.police.vcas." + name, (string)message["name"]!);
        Assert.Equal("application/cloudevents+json", (string)message["contentType"]!);
        Assert.Equal($"{name}.schema.json", (string)message["payload"]!["$ref"]!);
        var example = Assert.Single(message["examples"]!.AsArray())!["payload"];
        Assert.True(JsonNode.DeepEquals(Contract.Example(name), example), "The example differs from the one under examples/.");
    }

    private static IEnumerable<string> MessagesOf(string channel, string queue, string operation, string action)
    {
        var described = Document["channels"]![channel]!;
        Assert.Equal(queue, (string)described["address"]!);
        Assert.Equal(action, (string)Document["operations"]![operation]!["action"]!);
        var messages = described["messages"]!.AsObject().Select(message => message.Key).ToList();
        Assert.Equal(
            messages.Select(message => $"#/channels/{channel}/messages/{message}"),
            Document["operations"]![operation]!["messages"]!.AsArray().Select(message => (string)message!["$ref"]!));
        return messages.Select(message =>
            message.EndsWith("V2", StringComparison.Ordinal) ? $"referral.{message[..^2]}.v2" : $"referral.{message}.v1");
    }

    private static string KeyOf(string name) => name.Split('.') is [_, var key, "v2"] ? $"{key}V2" : name.Split('.')[1];
}
