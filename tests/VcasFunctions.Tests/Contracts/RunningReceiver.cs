using System.Text;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>A receiver in this process, whose lines can be waited for.</summary>
internal sealed class RunningReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stop = new();
    private readonly Lines lines = new();
    private readonly Task run;

    public RunningReceiver(ReceiverOptions options, TimeProvider time) =>
        run = Task.Run(() => Receiver.RunAsync(options, time, lines, stop.Token));

    public string Output => lines.ToString();

    /// <summary>Waits for a condition at the broker, but not for a receiver that has fallen over.</summary>
    public async Task UntilAsync(SmallBroker broker, Func<bool> condition, string what)
    {
        try
        {
            await await Task.WhenAny(broker.UntilAsync(condition, what), run);
        }
        catch (TimeoutException failed)
        {
            Assert.Fail($"{failed.Message} Printed:\n{Output}");
        }

        Assert.True(condition(), $"The receiver ended before {what}. Printed:\n{Output}");
    }

    public async Task UntilPrintedAsync(string text)
    {
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            await lines.UntilAsync(text, bound.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Waited {Bound.TotalSeconds} s for a line with '{text}'. Printed:\n{Output}");
        }
    }

    /// <summary>Holds the receiver up in the middle of printing such a line.</summary>
    public void HoldAt(string text) => lines.HoldAt = text;

    public Task UntilHeldAsync() => lines.Held.Task.WaitAsync(Bound);

    public void GoOn() => lines.Gate.Set();

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await run.WaitAsync(Bound);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        await lines.DisposeAsync();
    }

    private sealed class Lines : TextWriter
    {
        private readonly Lock one = new();
        private readonly StringBuilder written = new();
        private TaskCompletionSource growth = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Gate { get; } = new(initialState: false);

        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? HoldAt { get; set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (one) written.Append(value);
        }

        public override void WriteLine(string? value)
        {
            if (HoldAt is { } text && value?.Contains(text, StringComparison.Ordinal) == true)
            {
                Held.TrySetResult();
                Assert.True(Gate.Wait(Bound), "Nobody let the held line go on.");
            }

            base.WriteLine(value);
        }

        public override void Flush()
        {
            lock (one)
            {
                growth.TrySetResult();
                growth = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task UntilAsync(string text, CancellationToken bound)
        {
            while (true)
            {
                Task grown;
                lock (one)
                {
                    if (written.ToString().Contains(text, StringComparison.Ordinal)) return;
                    grown = growth.Task;
                }

                await grown.WaitAsync(bound);
            }
        }

        protected override void Dispose(bool disposing)
        {
            Gate.Dispose();
            base.Dispose(disposing);
        }

        public override string ToString()
        {
            lock (one) return written.ToString();
        }
    }
}
