using System.Net.Http.Json;
using Azure.Messaging.ServiceBus;
using EndToEnd.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests.RealBroker;

/// <summary>
/// The way of a referral over a broker that nobody here wrote: the app sends and is answered, VCAS's receiver takes in and answers,
/// and RabbitMQ between them, over AMQP 1.0, keeps what it was given in quorum queues.
/// </summary>
[Trait("Needs", "RabbitMQ")]
public sealed class RabbitMqTests(RabbitMq broker) : IClassFixture<RabbitMq>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_referral_reaches_VCAS_and_its_answers_come_back()
    {
        await using var app = await StartAsync();
        var id = await RecordAsync(app);
        await UntilReferralAsync(app, id, "sent");
        var folder = Directory.CreateTempSubdirectory("vcas-side-").FullName;
        await using (var vcas = StartVcas(folder))
        {
            await UntilReferralAsync(app, id, "accepted", vcas);
        }

        Assert.Equal([id], VcasBook.Read(folder).Keys);
        // Answers are taken side by side: where accepted overtakes received, the latter says nothing new.
        Assert.Equal(
            "referralAnswered",
            (await app.GetAsync($"offers/{id}", Cancellation)).GetProperty("trail").EnumerateArray().Last().GetProperty("event").GetString());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_is_not_settled_comes_again_and_what_is_settled_does_not()
    {
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using (var sender = client.CreateSender(RabbitMq.Referrals))
        {
            await sender.SendMessagesAsync([new ServiceBusMessage("first") { MessageId = "1" }, new ServiceBusMessage("second") { MessageId = "2" }], Cancellation);
        }

        await using (var forgetful = client.CreateReceiver(RabbitMq.Referrals))
        {
            Assert.Equal("1", (await forgetful.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation))!.MessageId);
        }

        var seen = new List<(string Id, string Body)>();
        await using (var receiver = client.CreateReceiver(RabbitMq.Referrals))
        {
            while (seen.Count < 2)
            {
                var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation);
                Assert.NotNull(message);
                seen.Add((message.MessageId!, message.Body.ToString()));
                await receiver.CompleteMessageAsync(message, Cancellation);
            }
        }

        Assert.Equal([("1", "first"), ("2", "second")], seen.Order());
        await using var another = client.CreateReceiver(RabbitMq.Referrals);
        Assert.Null(await another.ReceiveMessageAsync(TimeSpan.FromMilliseconds(300), Cancellation));
    }

    [Fact]
    public async Task A_broker_that_is_killed_with_referrals_in_it_and_on_their_way_loses_none()
    {
        await using var app = await StartAsync();
        var waiting = new List<Guid>();
        for (var i = 0; i < 3; i++) waiting.Add(await RecordAsync(app));
        foreach (var id in waiting) await UntilReferralAsync(app, id, "sent");

        // One is in somebody's hands, and others are on their way.
        await using var client = new ServiceBusClient(broker.ConnectionString, new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } });
        await using var receiver = client.CreateReceiver(RabbitMq.Referrals);
        Assert.NotNull(await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation));
        var onTheirWay = Enumerable.Range(0, 8).Select(_ => RecordAsync(app)).ToList();
        await broker.KillAsync();

        // No officer is kept waiting by a broker that is away.
        var meanwhile = await RecordAsync(app);
        await broker.StartAsync();
        Guid[] all = [.. waiting, .. await Task.WhenAll(onTheirWay), meanwhile];

        var folder = Directory.CreateTempSubdirectory("vcas-side-").FullName;
        await using (var vcas = StartVcas(folder))
        {
            foreach (var id in all) await UntilReferralAsync(app, id, "accepted", vcas);
        }

        var book = VcasBook.Read(folder);
        Assert.Equal(all.Order(), book.Keys.Order());
        Assert.All(book.Values, entry => Assert.Equal("+447700900123", entry.Data!.Value.GetProperty("contact").GetProperty("phone").GetString()));
        Directory.Delete(folder, recursive: true);
    }

    private Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        new FakeTimeProvider(new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero)),
        folder: null,
        // The client's own retries wait by another clock than the test's.
        builder => builder.Services.AddSingleton(new ServiceBusClient(broker.ConnectionString, new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } })),
        $"ServiceBusConnection={broker.ConnectionString}",
        $"Vcas:Referrals:Queue={RabbitMq.Referrals}",
        $"Vcas:Referrals:AnswerQueue={RabbitMq.Answers}");

    private ReceiverProcess StartVcas(string folder) =>
        ReceiverProcess.Start(broker.ConnectionString, folder, "accept", "--referrals", RabbitMq.Referrals, "--answers", RabbitMq.Answers);

    private static async Task<Guid> RecordAsync(RunningApp app)
    {
        var id = Guid.NewGuid();
        using var recorded = await app.Http.PutAsJsonAsync($"api/offers/{id}", new { answer = "accepted", contact = new { phone = "07700 900123" } }, Cancellation);
        Assert.True((int)recorded.StatusCode == 201, await recorded.Content.ReadAsStringAsync(Cancellation));
        return id;
    }

    // What could not be sent is tried again by the app's clock, which moves while somebody waits.
    private async Task UntilReferralAsync(RunningApp app, Guid id, string state, ReceiverProcess? vcas = null)
    {
        var last = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                last = (await app.GetAsync($"offers/{id}", Cancellation)).GetProperty("referral").GetProperty("state").GetString();
                if (last == "toSend") await app.AdvanceAsync(TimeSpan.FromSeconds(30), Cancellation);
                return last == state;
            },
            () => $"the referral to be {state}; it is {last}. VCAS said: {vcas?.Output}\nThe broker said: {broker.LastWords}",
            Cancellation,
            seconds: 90);
    }
}
