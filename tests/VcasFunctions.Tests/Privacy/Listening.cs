using System.Collections.Concurrent;
using LocalAzure;
using Microsoft.Extensions.Logging;

namespace VcasFunctions.Tests.Privacy;

/// <summary>Keeps every line of every level, with its values and its exception.</summary>
internal sealed class Listening : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Has the app say everything it can say, and listens.</summary>
    public void Attach(LocalAzureBuilder builder)
    {
        builder.Logging.AddProvider(this);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddFilter(null, LogLevel.Trace);
    }

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Line(Listening provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            provider.Lines.Enqueue($"{category} scope {Values(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Lines.Enqueue($"{category} {logLevel} {formatter(state, exception)} {Values(state)} {exception}");

        private static string Values<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> values
            ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))
            : $"{state}";
    }
}
