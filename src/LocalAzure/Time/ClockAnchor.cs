using LocalAzure.Storage;

namespace LocalAzure.Time;

/// <summary>How far virtual time came, in the store.</summary>
internal sealed class ClockAnchor
{
    private readonly LocalStore store;

    public ClockAnchor(LocalStore store)
    {
        this.store = store;
        store.Define(
            "CREATE TABLE IF NOT EXISTS clock(id INTEGER PRIMARY KEY, virtual INTEGER NOT NULL, real INTEGER NOT NULL, "
            + "speed REAL NOT NULL)");
    }

    public sealed record State(DateTimeOffset Virtual, DateTimeOffset Real, double Speed);

    public State? Read() => store.Read(connection =>
    {
        using var row = connection.Prepare("SELECT virtual, real, speed FROM clock WHERE id = 1");
        return row.Step() ? new State(At(row.GetInt64(0)), At(row.GetInt64(1)), row.GetDouble(2)) : null;
    });

    /// <summary>Hands the state to the store's writer, ahead of whatever is handed to it later; completes once it is on disk.</summary>
    public Task WriteAsync(DateTimeOffset virtualNow, DateTimeOffset realNow, double speed) => store.WriteAsync(connection => connection
        .Prepare(
            "INSERT INTO clock VALUES (1, ?, ?, ?) ON CONFLICT DO UPDATE "
            + "SET virtual = excluded.virtual, real = excluded.real, speed = excluded.speed")
        .Bind(1, virtualNow.UtcTicks)
        .Bind(2, realNow.UtcTicks)
        .Bind(3, speed)
        .Run());

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
