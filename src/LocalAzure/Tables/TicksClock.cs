using LocalAzure.Storage;

namespace LocalAzure.Tables;

/// <summary>
/// Gives Timestamps: the time, or one tick (100 ns) more than the last one given, so that none is ever given twice, even
/// when time stands still or goes back a little, and even across a restart: a ceiling that no Timestamp has yet passed is kept in the
/// file and moved ahead in leaps. Used on the writer's thread only.
/// </summary>
internal sealed class TicksClock
{
    private const long Leap = TimeSpan.TicksPerMillisecond * 100;

    private const long FarAhead = TimeSpan.TicksPerHour;

    private long last;
    private long ceiling;
    private bool loaded;

    public const string Schema = "CREATE TABLE IF NOT EXISTS table_clock(id INTEGER PRIMARY KEY, ceiling INTEGER NOT NULL);";

    public long Next(Connection connection, TimeProvider time)
    {
        if (!loaded) Load(connection);
        var now = time.GetUtcNow().UtcTicks;
        // A clock that ran ahead and was corrected: every Timestamp would be of that future until it comes.
        if (last - now > FarAhead) (last, ceiling) = (now, 0);
        last = Math.Max(last + 1, now);
        if (last >= ceiling)
        {
            ceiling = last + Leap;
            connection.Prepare("INSERT OR REPLACE INTO table_clock(id, ceiling) VALUES(1, ?)").Bind(1, ceiling).Run();
        }

        return last;
    }

    /// <summary>A write was taken back, and with it perhaps the ceiling's: keep the ceiling again next time.</summary>
    public void Forget() => Volatile.Write(ref ceiling, 0);

    private void Load(Connection connection)
    {
        using var read = connection.Prepare("SELECT ceiling FROM table_clock WHERE id = 1");

        // The process before this one may have given anything below its ceiling.
        last = read.Step() ? read.GetInt64(0) : 0;
        loaded = true;
    }
}
