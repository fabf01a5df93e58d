using LocalAzure.Storage;

namespace LocalAzure.DurableTask.Tables;

/// <summary>
/// Hands out numbers of executions and messages, never one twice. Each opening of the file takes a block of its own, so that
/// nothing has to be written for a single number. Used on the writer's thread only.
/// </summary>
internal sealed class Numbers
{
    // Four thousand million for each run of the process; two thousand million runs fit.
    private const long Block = 1L << 32;

    private long execution;
    private long message;

    public static Numbers TakeBlock(Connection connection)
    {
        using var read = connection.Prepare("SELECT value FROM durable_numbers WHERE name = 'block'");
        var block = read.Step() ? read.GetInt64(0) + 1 : 0;
        read.Dispose();
        connection.Prepare(
            "INSERT INTO durable_numbers (name, value) VALUES ('block', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .Bind(1, block).Run();
        return new Numbers { execution = block * Block, message = block * Block };
    }

    public long NextExecution() => ++execution;

    public long NextMessage() => ++message;
}
