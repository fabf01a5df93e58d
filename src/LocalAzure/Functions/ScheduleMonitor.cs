using LocalAzure.Storage;

namespace LocalAzure.Functions;

/// <summary>Remembers when a schedule last came round, so that a restart notices what it missed.</summary>
internal sealed class ScheduleMonitor(LocalStore store, string function)
{
    public sealed record Status(DateTimeOffset Last, DateTimeOffset Next);

    public static void Define(LocalStore store) => store.Define(
        "CREATE TABLE IF NOT EXISTS timer_schedule(function TEXT PRIMARY KEY, last INTEGER NOT NULL, next INTEGER NOT NULL) WITHOUT ROWID");

    public Status? Read() => store.Read(connection =>
    {
        using var row = connection.Prepare("SELECT last, next FROM timer_schedule WHERE function = ?").Bind(1, function);
        return row.Step() ? new Status(At(row.GetInt64(0)), At(row.GetInt64(1))) : null;
    });

    public Task WriteAsync(DateTimeOffset last, DateTimeOffset? next) => store.WriteAsync(connection => connection
        .Prepare("INSERT INTO timer_schedule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last, next = excluded.next")
        .Bind(1, function)
        .Bind(2, last.UtcTicks)
        .Bind(3, (next ?? DateTimeOffset.MaxValue).UtcTicks)
        .Run());

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
