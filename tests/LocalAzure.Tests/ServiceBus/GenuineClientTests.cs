using System.Diagnostics;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Shared;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>Microsoft's own client for Node is the judge of the broker, and of what our client puts on the wire.</summary>
[Needs(Tool.Node)]
public sealed class GenuineClientTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_genuine_client_sends_ours_receives()
    {
        await using var bus = await BusUnderTest.StartAsync(realClock: TimeProvider.System);

        var said = await RunAsync(bus, "send");

        Assert.Equal(256 * 1024, said[0].GetProperty("largest").GetInt32());
        await using var receiver = bus.Receiver();
        var received = new List<ServiceBusReceivedMessage>();
        while (received.Count < 4) received.AddRange(await receiver.ReceiveMessagesAsync(10, BusUnderTest.Soon, Cancel));
        var first = received[0];
        Assert.Equal("""{"text":"Zoë","number":1.5}""", first.Body.ToString());
        Assert.Equal(
            ("from-node", "c", "made", "application/json"), (first.MessageId, first.CorrelationId, first.Subject, first.ContentType));
        Assert.Equal(TimeSpan.FromDays(1), first.TimeToLive);
        Assert.Equal("ü", first.ApplicationProperties["text"]);
        Assert.Equal(7, Convert.ToInt32(first.ApplicationProperties["whole"]));
        Assert.Equal(true, first.ApplicationProperties["truth"]);
        Assert.Equal(0.5, Convert.ToDouble(first.ApplicationProperties["real"]));
        Assert.Equal(["first", "second", "in a batch"], received.Skip(1).Select(message => message.Body.ToString()));
        foreach (var message in received) await receiver.CompleteMessageAsync(message, Cancel);
        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task What_our_client_sends_the_genuine_one_receives_and_completes()
    {
        await using var bus = await BusUnderTest.StartAsync(realClock: TimeProvider.System);
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        var sent = new ServiceBusMessage("""{"text":"Zoë"}""")
        {
            MessageId = "from-us",
            CorrelationId = "c",
            Subject = "made",
            ContentType = "application/cloudevents+json",
            TimeToLive = TimeSpan.FromDays(14),
        };
        sent.ApplicationProperties["text"] = "ü";
        sent.ApplicationProperties["whole"] = 7;
        sent.ApplicationProperties["truth"] = true;
        await sender.SendMessageAsync(sent, Cancel);
        await sender.SendMessagesAsync([new ServiceBusMessage("\"first\""), new ServiceBusMessage("\"second\"")], Cancel);

        var said = await RunAsync(bus, "receive", 3);

        Assert.Equal("Zoë", said[0].GetProperty("body").GetProperty("text").GetString());
        Assert.Equal("from-us", said[0].GetProperty("messageId").GetString());
        Assert.Equal("c", said[0].GetProperty("correlationId").GetString());
        Assert.Equal("made", said[0].GetProperty("subject").GetString());
        Assert.Equal("application/cloudevents+json", said[0].GetProperty("contentType").GetString());
        Assert.Equal(TimeSpan.FromDays(14).TotalMilliseconds, said[0].GetProperty("timeToLive").GetDouble());
        Assert.Equal("""{"text":"ü","whole":7,"truth":true}""", Text(said[0].GetProperty("properties")));
        Assert.Equal(["first", "second"], said.Skip(1).Take(2).Select(line => line.GetProperty("body").GetString()));
        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task The_genuine_client_settles_every_way()
    {
        await using var bus = await BusUnderTest.StartAsync(realClock: TimeProvider.System);

        var said = (await RunAsync(bus, "settle", 3)).ToLookup(line => line.GetProperty("step").GetString());

        Assert.Equal([0, 1, 2], said["delivery"].Select(line => line.GetProperty("deliveryCount").GetInt32()));
        Assert.Equal("1", said["delivery"].ElementAt(1).GetProperty("properties").GetProperty("attempt").GetString());
        var buried = said["buried"].Single();
        Assert.Equal("MaxDeliveryCountExceeded", buried.GetProperty("reason").GetString());
        Assert.Equal("referrals", buried.GetProperty("source").GetString());
        var refused = said["refused"].Single();
        Assert.Equal("NotValid", refused.GetProperty("reason").GetString());
        Assert.Equal("It names no one.", refused.GetProperty("description").GetString());
        Assert.True(said["renewed"].Single().GetProperty("later").GetBoolean());
        Assert.Equal("MessageLockLost", said["renew a completed one"].Single().GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, said["rest"].Single().GetProperty("message").ValueKind);
        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task The_genuine_client_schedules_peeks_and_cancels()
    {
        await using var bus = await BusUnderTest.StartAsync(realClock: TimeProvider.System);

        var said = (await RunAsync(bus, "schedule")).ToLookup(line => line.GetProperty("step").GetString());

        Assert.Equal("""["cancelled","by operation","by property"]""", Text(said["peeked"].Single().GetProperty("bodies")));
        Assert.Equal("""["scheduled","scheduled","scheduled"]""", Text(said["peeked"].Single().GetProperty("states")));
        Assert.Equal(JsonValueKind.Null, said["early"].Single().GetProperty("body").ValueKind);
        Assert.Equal(["by operation", "by property"], said["due"].Select(line => line.GetProperty("body").GetString()));
        Assert.All(said["due"], line => Assert.True(line.GetProperty("onTime").GetBoolean()));
        Assert.NotEqual("none", said["cancel again"].Single().GetProperty("code").GetString());
        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task The_genuine_client_sees_duplicates_dropped()
    {
        await using var bus = await BusUnderTest.StartAsync(
            queue => queue.DuplicateDetectionHistoryTimeWindow = TimeSpan.FromMinutes(10), TimeProvider.System);

        var said = await RunAsync(bus, "duplicates");

        Assert.Equal("first", said[0].GetProperty("body").GetString());
        Assert.Equal(JsonValueKind.Null, said[1].GetProperty("message").ValueKind);
    }

    [Fact]
    public async Task The_genuine_client_subscribes()
    {
        await using var bus = await BusUnderTest.StartAsync(realClock: TimeProvider.System);
        await bus.SendAsync([.. Enumerable.Range(10, 20).Select(i => $"\"{i}\"")]);

        var said = await RunAsync(bus, "subscribe", 20);

        Assert.Equal(
            Enumerable.Range(10, 20).Select(i => $"{i}"), said[0].GetProperty("bodies").EnumerateArray().Select(body => body.GetString()));
        Assert.Equal(default, bus.Counts);
    }

    private static string Text(JsonElement element) => JsonSerializer.Serialize(element, Readable);

    /// <summary>Runs a scenario of the script and gives the lines that it printed.</summary>
    private static async Task<List<JsonElement>> RunAsync(BusUnderTest bus, string scenario, int count = 1)
    {
        var script = Path.Combine(Root(), "tests", "node", "service-bus.mjs");
        using var node = Process.Start(
            new ProcessStartInfo("node", [script, bus.Broker.ConnectionString, BusUnderTest.Queue, scenario, $"{count}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Cancel);
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(either.Token);
            var errors = node.StandardError.ReadToEndAsync(either.Token);
            await node.WaitForExitAsync(either.Token);
            var (said, complained) = (await output, await errors);
            Assert.True(node.ExitCode == 0, $"Scenario '{scenario}' ended with {node.ExitCode}. It said:\n{said}\n{complained}");
            return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The genuine client didn't end scenario '{scenario}' within a minute; the queue holds {bus.Counts}.");
            throw;
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VcasFunctions.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The repository's root isn't above the tests.");
    }
}
