using LocalAzure.Storage;

namespace LocalAzure.Tests.Storage;

/// <summary>When a start believes that the file is as one left it that ended in order, and when it reads the file through.</summary>
public sealed class CleanEndTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "ended-" + Guid.NewGuid().ToString("N"));

    private string Main => Path.Combine(folder, "local.db");

    private string Note => Main + ".ended";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Who_starts_after_one_that_ended_in_order_does_not_read_the_file_through()
    {
        var first = await LiveAsync();
        Assert.True(File.Exists(Note));
        Assert.Equal(first, await LiveAsync());
        Assert.Equal(first, await LiveAsync());
    }

    [Fact]
    public async Task A_note_counts_once_and_a_crash_leaves_none()
    {
        var first = await LiveAsync();
        var second = LocalStore.Open(Main);
        Assert.False(File.Exists(Note));
        await WriteAsync(second);
        await second.CrashAsync();
        Assert.False(File.Exists(Note));
        Assert.True(await LiveAsync() > first);
    }

    [Fact]
    public async Task A_note_of_an_earlier_end_does_not_hold_once_more_was_written()
    {
        var first = await LiveAsync();
        var note = await File.ReadAllTextAsync(Note, TestContext.Current.CancellationToken);
        var second = LocalStore.Open(Main);
        await WriteAsync(second);
        await second.CrashAsync();
        await File.WriteAllTextAsync(Note, note, TestContext.Current.CancellationToken);
        Assert.True(await LiveAsync() > first);
    }

    [Theory]
    [InlineData(24.1)]
    [InlineData(-0.1)]
    public async Task After_a_day_the_file_is_read_through_all_the_same_and_if_the_clock_was_put_back(double hours)
    {
        var readThrough = await LiveAsync();
        var now = readThrough.AddHours(hours);
        Assert.Equal(now, CleanEnd.Check(Main, now).ReadThrough);
    }

    [Theory]
    [InlineData("a byte is changed at once")]
    [InlineData("it is longer")]
    [InlineData("it is another file of its name")]
    [InlineData("the note is cut short")]
    [InlineData("the note is a text")]
    public async Task Whatever_was_changed_since_is_read_through(string what)
    {
        var first = await LiveAsync();
        var bytes = await File.ReadAllBytesAsync(Main, TestContext.Current.CancellationToken);
        switch (what)
        {
            case "a byte is changed at once":
                using (var file = new FileStream(Main, FileMode.Open, FileAccess.ReadWrite))
                {
                    // In the version number of SQLite that wrote it, which nobody reads.
                    file.Position = 99;
                    file.WriteByte((byte)(bytes[99] + 1));
                }

                break;
            case "it is longer": await File.AppendAllTextAsync(Main, new string('\0', 4096), TestContext.Current.CancellationToken); break;
            case "it is another file of its name":
                File.Delete(Main);
                await File.WriteAllBytesAsync(Main, bytes, TestContext.Current.CancellationToken);
                break;
            case "the note is cut short": await File.WriteAllTextAsync(Note, "4096", TestContext.Current.CancellationToken); break;
            default: await File.WriteAllTextAsync(Note, "Nothing of ours", TestContext.Current.CancellationToken); break;
        }

        Assert.True(await LiveAsync() > first);
    }

    [Fact]
    public async Task One_that_has_met_damage_itself_leaves_no_note_and_the_next_start_refuses_the_file()
    {
        await LiveAsync();
        var store = LocalStore.Open(Main);
        await store.WriteAsync(connection =>
        {
            for (var i = 0; i < 2_000; i++) connection.Prepare("INSERT INTO t DEFAULT VALUES").Run();
        });
        await store.DisposeAsync();
        var opened = LocalStore.Open(Main);
        // Behind the first two pages, so that it opens.
        using (var file = new FileStream(Main, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 2 * 4096;
            file.Write(new byte[file.Length - file.Position]);
        }

        Assert.Throws<StorageException>(() => opened.Read(connection =>
        {
            using var row = connection.Prepare("SELECT sum(id) FROM t");
            return row.Step();
        }));
        await opened.DisposeAsync();
        Assert.False(File.Exists(Note));
        Assert.True(Assert.Throws<StorageException>(() => LocalStore.Open(Main)).IsDamage);
    }

    // When it was read through, by the store's own word.
    private async Task<DateTimeOffset> LiveAsync()
    {
        var store = LocalStore.Open(Main);
        await WriteAsync(store);
        await store.DisposeAsync();
        return store.CleanEnd.ReadThrough;
    }

    private static async Task WriteAsync(LocalStore store)
    {
        store.Define("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)");
        await store.WriteAsync(connection => connection.Prepare("INSERT INTO t DEFAULT VALUES").Run());
    }
}
