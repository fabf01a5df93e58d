using SQLitePCL;

namespace LocalAzure.Storage;

/// <summary>A prepared statement: bind (from 1), step, read columns (from 0), dispose to reset it for the next user.</summary>
public sealed class Statement : IDisposable
{
    private readonly Connection connection;
    private readonly sqlite3_stmt handle;
    private readonly string sql;

    internal Statement(Connection connection, sqlite3_stmt handle, string sql) =>
        (this.connection, this.handle, this.sql) = (connection, handle, sql);

    /// <summary>Binds a text, or NULL.</summary>
    public Statement Bind(int index, string? value)
    {
        connection.Check(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value), sql);
        return this;
    }

    /// <summary>Binds an integer.</summary>
    public Statement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value), sql);
        return this;
    }

    /// <summary>Binds an integer, or NULL.</summary>
    public Statement Bind(int index, long? value)
    {
        connection.Check(value is { } number ? raw.sqlite3_bind_int64(handle, index, number) : raw.sqlite3_bind_null(handle, index), sql);
        return this;
    }

    /// <summary>Binds a floating-point number.</summary>
    public Statement Bind(int index, double value)
    {
        connection.Check(raw.sqlite3_bind_double(handle, index, value), sql);
        return this;
    }

    /// <summary>Binds bytes; an empty span is an empty blob, not NULL.</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value), sql);
        return this;
    }

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        connection.Check(result, sql);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that returns no rows, and resets it. Gives the number of rows changed.</summary>
    public int Run()
    {
        try
        {
            Step();
            return connection.Changes;
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Whether the column is NULL in this row.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>A text column.</summary>
    /// <exception cref="InvalidCastException">It is NULL.</exception>
    public string GetString(int column) =>
        GetStringOrNull(column) ?? throw new InvalidCastException($"Column {column} is NULL in: {sql}");

    /// <summary>A text column, or null.</summary>
    public string? GetStringOrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>An integer column; 0 for NULL, as SQLite has it.</summary>
    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>An integer column, or null.</summary>
    public long? GetInt64OrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_int64(handle, column);

    /// <summary>A floating-point column.</summary>
    public double GetDouble(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>A blob column, valid until the next step: copy what you keep.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Resets the statement and forgets what was bound.</summary>
    public void Dispose()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
    }

    internal void Close() => handle.Dispose();
}
