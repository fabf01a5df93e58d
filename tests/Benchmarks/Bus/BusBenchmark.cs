using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.Bus;

/// <summary>
/// Messages a second through the broker and back, durable and acknowledged, beside what the store itself can do in the same
/// run: one row a write, through the same group commits. Only the ratios mean anything on another machine.
/// </summary>
internal static class BusBenchmark
{
    private const int Messages = 20_000;
    private const int UnderWay = 512;
    private const int BodySize = 600;

    public static async Task RunAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "bus-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var store = LocalStore.Open(Path.Combine(folder, "bus.db"));
            var options = new BrokerOptions();
            options.Queues.Add(new QueueOptions("measured"));
            options.Queues.Add(new QueueOptions("warm-up"));
            await using var broker = new Broker(store, TimeProvider.System, options, NullLoggerFactory.Instance);
            await broker.StartAsync();
            await using var client = new ServiceBusClient(broker.ConnectionString);
            await SendAsync(client, "warm-up", 2_000);
            await ReceiveAsync(client, "warm-up", 2_000);

            var floor = await CommitAsync(store);
            Report($"raw group commits, {UnderWay} under way", floor, floor);
            Report($"sends acknowledged, {UnderWay} under way", await SendAsync(client, "measured", Messages), floor);
            Report("received and completed, 200 at a time", await ReceiveAsync(client, "measured", Messages), floor);
            Report("sends acknowledged, batches of 100", await SendBatchesAsync(client, "measured", Messages), floor);
            Report("handled by a processor, 64 at once", await ProcessAsync(client, broker, "measured", Messages), floor);
            Report("one send after another", await SendAsync(client, "measured", 2_000, underWay: 1), floor);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(string what, double perSecond, double floor) =>
        Console.WriteLine($"{what,-42} {perSecond,9:N0}/s   {perSecond / floor,5:P0} of the floor");

    private static async Task<double> CommitAsync(LocalStore store)
    {
        store.Define("CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        var body = new byte[BodySize];
        return await MeasureAsync(Messages, UnderWay, _ => store.WriteAsync(connection =>
        {
            connection.Prepare("INSERT INTO floor (body) VALUES (?)").Bind(1, body.AsSpan()).Run();
        }));
    }

    private static async Task<double> SendAsync(ServiceBusClient client, string queue, int count, int underWay = UnderWay)
    {
        await using var sender = client.CreateSender(queue);
        return await MeasureAsync(count, underWay, i => sender.SendMessageAsync(MessageOf(i)));
    }

    private static async Task<double> SendBatchesAsync(ServiceBusClient client, string queue, int count)
    {
        await using var sender = client.CreateSender(queue);
        return 100 * await MeasureAsync(count / 100, 8, i => sender.SendMessagesAsync(Enumerable.Range(i * 100, 100).Select(MessageOf)));
    }

    private static async Task<double> ReceiveAsync(ServiceBusClient client, string queue, int count)
    {
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { PrefetchCount = 400 });
        var watch = Stopwatch.StartNew();
        var completing = new List<Task>(count);
        while (completing.Count < count)
        {
            foreach (var message in await receiver.ReceiveMessagesAsync(200)) completing.Add(receiver.CompleteMessageAsync(message));
        }

        await Task.WhenAll(completing);
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ProcessAsync(ServiceBusClient client, Broker broker, string queue, int count)
    {
        await using var processor = client.CreateProcessor(
            queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 64, PrefetchCount = 400 });
        processor.ProcessMessageAsync += static _ => Task.CompletedTask;
        processor.ProcessErrorAsync += static error => Console.Out.WriteLineAsync(error.Exception.Message);
        var watch = Stopwatch.StartNew();
        await processor.StartProcessingAsync();
        await broker.WaitForCountsAsync(queue, static counts => counts == default, TimeSpan.FromMinutes(2));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static ServiceBusMessage MessageOf(int i) => new(new byte[BodySize]) { MessageId = $"message-{i}", Subject = "measured" };

    /// <summary>Keeps so many operations under way until so many are done.</summary>
    private static async Task<double> MeasureAsync(int count, int underWay, Func<int, Task> operation)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, underWay).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next)) await operation(i);
        }));
        return count / watch.Elapsed.TotalSeconds;
    }
}
