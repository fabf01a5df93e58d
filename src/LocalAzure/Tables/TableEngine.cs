using System.Runtime.CompilerServices;
using LocalAzure.Storage;

namespace LocalAzure.Tables;

/// <summary>The tables of one store, in SQL. Every client of a store shares its engine, and so its clock.</summary>
internal sealed class TableEngine
{
    private static readonly ConditionalWeakTable<LocalStore, TableEngine> Engines = [];

    private readonly LocalStore store;
    private readonly TicksClock clock = new();
    private readonly TableIds ids = new();

    private TableEngine(LocalStore store)
    {
        this.store = store;
        // Whenever a write is taken back the clock must learn of it, because its ceiling may have gone with the write.
        store.TakenBack += clock.Forget;

        // Ids are never used again (AUTOINCREMENT), so a table made again can't find what a former one of its name left.
        // Bodies are in the order of their writing and only the small index is sorted by key: keys are mostly random, and
        // each page that a commit touches is written whole, so rows sorted by key would cost a page of bodies apiece.
        store.Define(TicksClock.Schema + """
            CREATE TABLE IF NOT EXISTS table_name(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
            CREATE TABLE IF NOT EXISTS entity(
              tbl INTEGER NOT NULL, pk TEXT NOT NULL, rk TEXT NOT NULL, ts INTEGER NOT NULL, body BLOB NOT NULL,
              PRIMARY KEY(tbl, pk, rk));
            """);
    }

    public LocalStore Store => store;

    public static TableEngine Of(LocalStore store) => Engines.GetValue(store, static opened => new TableEngine(opened));

    public Task<bool> CreateTableAsync(string name) => store.WriteAsync(connection =>
        connection.Prepare("INSERT INTO table_name(name) VALUES(?) ON CONFLICT DO NOTHING").Bind(1, name).Run() > 0);

    public async Task<bool> DeleteTableAsync(string name)
    {
        using var gone = ids.WhileOneGoes();
        return await store.WriteAsync(connection =>
        {
            var table = ids.Find(connection, name);
            if (table == 0) return false;
            connection.Prepare("DELETE FROM entity WHERE tbl = ?").Bind(1, table).Run();
            connection.Prepare("DELETE FROM table_name WHERE id = ?").Bind(1, table).Run();
            return true;
        });
    }

    public List<string> ListTables() => store.Read(connection =>
    {
        var names = new List<string>();
        using var read = connection.Prepare("SELECT name FROM table_name ORDER BY name COLLATE BINARY");
        while (read.Step()) names.Add(read.GetString(0));
        return names;
    });

    /// <summary>The table's id, or 0; for a read.</summary>
    public long FindTable(Connection reader, string name) => ids.FindStored(reader, name);

    /// <summary>Applies one operation: it changes one row or none, so that nothing of it has to be taken back.</summary>
    public Task<TableOutcome> ApplyAsync(string tableName, TableOperation operation, TimeProvider time) =>
        store.WriteOneAsync(connection =>
        {
            var table = ids.Find(connection, tableName);
            return table == 0 ? TableFault.TableNotFound : Apply(connection, table, operation, time);
        });

    /// <summary>Applies all of the operations, or none of them.</summary>
    /// <exception cref="TransactionAborted">One met a fault; nothing was written.</exception>
    public Task<long[]> ApplyAllAsync(string tableName, TableOperation[] operations, TimeProvider time) =>
        store.WriteAsync(connection =>
        {
            var table = ids.Find(connection, tableName);
            if (table == 0) throw new TransactionAborted(0, TableFault.TableNotFound);
            var ticks = new long[operations.Length];
            for (var index = 0; index < operations.Length; index++)
            {
                var outcome = Apply(connection, table, operations[index], time);
                if (outcome.Fault is { } fault) throw new TransactionAborted(index, fault);
                ticks[index] = outcome.Ticks;
            }

            return ticks;
        });

    private TableOutcome Apply(Connection connection, long table, in TableOperation operation, TimeProvider time) => operation.Kind switch
    {
        OperationKind.Add => Add(connection, table, operation, time),
        OperationKind.Replace => Replace(connection, table, operation, time),
        OperationKind.UpsertReplace => Upsert(connection, table, operation, time),
        OperationKind.Delete => Delete(connection, table, operation),
        _ => Merge(connection, table, operation, time),
    };

    private TableOutcome Add(Connection connection, long table, in TableOperation operation, TimeProvider time)
    {
        var ticks = clock.Next(connection, time);
        return connection
            .Prepare("INSERT INTO entity(tbl, pk, rk, ts, body) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .Bind(1, table).Bind(2, operation.PartitionKey).Bind(3, operation.RowKey).Bind(4, ticks).Bind(5, operation.Body).Run() > 0
            ? new TableOutcome(ticks, null)
            : TableFault.EntityAlreadyExists;
    }

    private TableOutcome Upsert(Connection connection, long table, in TableOperation operation, TimeProvider time)
    {
        var ticks = clock.Next(connection, time);
        connection
            .Prepare(
                "INSERT INTO entity(tbl, pk, rk, ts, body) VALUES(?, ?, ?, ?, ?) ON CONFLICT(tbl, pk, rk) DO UPDATE "
                + "SET ts = excluded.ts, body = excluded.body")
            .Bind(1, table).Bind(2, operation.PartitionKey).Bind(3, operation.RowKey).Bind(4, ticks).Bind(5, operation.Body).Run();
        return new TableOutcome(ticks, null);
    }

    private TableOutcome Replace(Connection connection, long table, in TableOperation operation, TimeProvider time) =>
        Update(connection, table, operation, operation.Body, clock.Next(connection, time));

    private static TableOutcome Update(Connection connection, long table, in TableOperation operation, byte[] body, long ticks)
    {
        var changed = operation.IfMatch == EntityTag.Any
            ? connection
                .Prepare("UPDATE entity SET ts = ?, body = ? WHERE tbl = ? AND pk = ? AND rk = ?")
                .Bind(1, ticks).Bind(2, body).Bind(3, table).Bind(4, operation.PartitionKey).Bind(5, operation.RowKey).Run()
            : connection
                .Prepare("UPDATE entity SET ts = ?, body = ? WHERE tbl = ? AND pk = ? AND rk = ? AND ts = ?")
                .Bind(1, ticks).Bind(2, body).Bind(3, table)
                .Bind(4, operation.PartitionKey).Bind(5, operation.RowKey).Bind(6, operation.IfMatch).Run();
        return changed > 0 ? new TableOutcome(ticks, null) : WhyNot(connection, table, operation);
    }

    private static TableOutcome Delete(Connection connection, long table, in TableOperation operation)
    {
        var changed = operation.IfMatch == EntityTag.Any
            ? connection
                .Prepare("DELETE FROM entity WHERE tbl = ? AND pk = ? AND rk = ?")
                .Bind(1, table).Bind(2, operation.PartitionKey).Bind(3, operation.RowKey).Run()
            : connection
                .Prepare("DELETE FROM entity WHERE tbl = ? AND pk = ? AND rk = ? AND ts = ?")
                .Bind(1, table).Bind(2, operation.PartitionKey).Bind(3, operation.RowKey).Bind(4, operation.IfMatch).Run();
        return changed > 0 ? default(TableOutcome) : WhyNot(connection, table, operation);
    }

    private TableOutcome Merge(Connection connection, long table, in TableOperation operation, TimeProvider time)
    {
        byte[] merged;
        using (var read = connection.Prepare("SELECT ts, body FROM entity WHERE tbl = ? AND pk = ? AND rk = ?")
            .Bind(1, table).Bind(2, operation.PartitionKey).Bind(3, operation.RowKey))
        {
            if (!read.Step())
                return operation.Kind == OperationKind.UpsertMerge
                    ? Upsert(connection, table, operation, time)
                    : TableFault.ResourceNotFound;
            if (operation.IfMatch != EntityTag.Any && operation.IfMatch != read.GetInt64(0)) return TableFault.ConditionNotSatisfied;
            merged = Entities.EntityReader.Merge(read.GetBytes(1), operation.Body);
        }

        // Each part was within the limits; only their sum can break one.
        if (merged.Length > operation.Body.Length)
        {
            var (bytes, properties) = Entities.EntityWriter.Measure(merged);
            if (properties > TableLimits.OwnProperties) return TableFault.TooManyProperties;
            if (bytes + (2L * (operation.PartitionKey.Length + operation.RowKey.Length)) > TableLimits.EntityBytes)
                return TableFault.EntityTooLarge;
        }

        return Update(connection, table, operation with { IfMatch = EntityTag.Any }, merged, clock.Next(connection, time));
    }

    private static TableFault WhyNot(Connection connection, long table, in TableOperation operation)
    {
        using var read = connection.Prepare("SELECT 1 FROM entity WHERE tbl = ? AND pk = ? AND rk = ?")
            .Bind(1, table).Bind(2, operation.PartitionKey).Bind(3, operation.RowKey);
        return read.Step() ? TableFault.ConditionNotSatisfied : TableFault.ResourceNotFound;
    }
}

/// <summary>Ends a batch on the writer's thread, so that the store takes back what the batch had written.</summary>
internal sealed class TransactionAborted(int index, TableFault fault) : Exception(fault.Message)
{
    public int Index { get; } = index;

    public TableFault Fault { get; } = fault;
}
