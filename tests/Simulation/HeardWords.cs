using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Simulation;

/// <summary>Everything that is logged, kept where it holds a word that it must not hold.</summary>
internal sealed class HeardWords : ILoggerProvider, ILogger
{
    // All of them in one look at a line: a world logs as much as it does.
    private static readonly SearchValues<string> Secrets = SearchValues.Create([.. People.Secrets], StringComparison.Ordinal);

    /// <summary>Lines in which a person's data stood.</summary>
    public ConcurrentBag<string> Leaks { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (exception is not null) line = $"{line} {exception}";
        if (line.AsSpan().ContainsAny(Secrets)) Leaks.Add(line);
    }

    public void Dispose()
    {
    }
}
