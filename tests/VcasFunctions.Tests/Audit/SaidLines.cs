using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VcasFunctions.Tests.Audit;

/// <summary>What the app itself says in the log, from information on: the text alone.</summary>
internal sealed class SaidLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) =>
        new Line(lines, categoryName.StartsWith("VcasFunctions.", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Line(ConcurrentQueue<string> lines, bool isOurs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isOurs && logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue(formatter(state, exception));
        }
    }
}
