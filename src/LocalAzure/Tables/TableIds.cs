using System.Collections.Concurrent;
using LocalAzure.Storage;

namespace LocalAzure.Tables;

/// <summary>
/// The number of each table, kept in memory: every operation on a table begins with it. A number is never used again, so only the end of
/// a table could make one wrong; while a table is being deleted, each is looked up where it stands.
/// </summary>
internal sealed class TableIds
{
    private volatile ConcurrentDictionary<string, long> known = Empty();
    private int going;

    private bool IsOneGoing => Volatile.Read(ref going) > 0;

    /// <summary>Until it is disposed of nothing is known by heart, and afterwards all is learnt anew.</summary>
    public IDisposable WhileOneGoes()
    {
        Interlocked.Increment(ref going);
        return new Deletion(this);
    }

    /// <summary>The table's number as a write sees it, or 0. What it sees is not stored yet, so nothing is learnt from it.</summary>
    public long Find(Connection writer, string name) =>
        !IsOneGoing && known.TryGetValue(name, out var id) ? id : LookUp(writer, name);

    /// <summary>The table's number as it is stored, or 0.</summary>
    public long FindStored(Connection reader, string name)
    {
        // Taken before anything is read: what a deletion throws away meanwhile is then what is learnt here.
        var learnt = known;
        var mayLearn = !IsOneGoing;
        if (mayLearn && learnt.TryGetValue(name, out var id)) return id;
        id = LookUp(reader, name);
        if (mayLearn && id != 0) learnt.TryAdd(name, id);
        return id;
    }

    private static long LookUp(Connection connection, string name)
    {
        using var read = connection.Prepare("SELECT id FROM table_name WHERE name = ?").Bind(1, name);
        return read.Step() ? read.GetInt64(0) : 0;
    }

    // The file has names regardless of capitals, too.
    private static ConcurrentDictionary<string, long> Empty() => new(StringComparer.OrdinalIgnoreCase);

    private sealed class Deletion(TableIds ids) : IDisposable
    {
        public void Dispose()
        {
            ids.known = Empty();
            Interlocked.Decrement(ref ids.going);
        }
    }
}
