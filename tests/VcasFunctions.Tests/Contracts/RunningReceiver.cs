using System.Text;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>A receiver in this process, whose lines can be waited for.</summary>
internal sealed class RunningReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lines _lines = new();
    private readonly Task _run;

    public RunningReceiver(ReceiverOptions options, TimeProvider time) =>
        _run = Task.Run(() => Receiver.RunAsync(options, time, _lines, _stop.Token));

    public string Output => _lines.ToString();

    /// <summary>Waits for a condition at the broker, but not for a receiver that has fallen over.</summary>
    public async Task UntilAsync(SmallBroker broker, Func<bool> condition, string what)
    {
        try
        {
            await await Task.WhenAny(broker.UntilAsync(condition, what), _run);
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
            await _lines.UntilAsync(text, bound.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Waited {Bound.TotalSeconds} s for a line with '{text}'. Printed:\n{Output}");
        }
    }

    /// <summary>Holds the receiver up in the middle of printing such a line.</summary>
    public void HoldAt(string text) => _lines.HoldAt = text;

    public Task UntilHeldAsync() => _lines.Held.Task.WaitAsync(Bound);

    public void GoOn() => _lines.Gate.Set();

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Bound);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _lines.DisposeAsync();
    }

    private sealed class Lines : TextWriter
    {
        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();
        private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Gate { get; } = new(initialState: false);

        public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? HoldAt { get; set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (_lock) _text.Append(value);
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
            lock (_lock)
            {
                _grown.TrySetResult();
                _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task UntilAsync(string text, CancellationToken bound)
        {
            while (true)
            {
                Task grown;
                lock (_lock)
                {
                    if (_text.ToString().Contains(text, StringComparison.Ordinal)) return;
                    grown = _grown.Task;
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
            lock (_lock) return _text.ToString();
        }
    }
}
