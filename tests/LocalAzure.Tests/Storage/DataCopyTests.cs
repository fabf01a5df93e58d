using LocalAzure.Storage;
using Microsoft.Data.Sqlite;

namespace LocalAzure.Tests.Storage;

/// <summary>Copies of a folder that is being worked on: each opens whole, and holds what was there at one moment.</summary>
public sealed class DataCopyTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "copied-" + Guid.NewGuid().ToString("N"));

    private string Data => Path.Combine(folder, "data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task While_writes_go_on_every_copy_opens_whole_and_is_of_one_moment()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "vault.json"), "{}", Cancellation);
        await using var store = LocalStore.Open(Path.Combine(Data, "local.db"), Durability.Process);
        store.Define(
            "CREATE TABLE pairs (id INTEGER PRIMARY KEY, one TEXT, other TEXT); CREATE TABLE total (id INTEGER PRIMARY KEY, n INTEGER)");
        using var vcas = VcasTable();
        using var enough = new CancellationTokenSource();
        var sent = 0L;

        // A row, the number of rows, and what VCAS's table says of it afterwards: never the other way about.
        var writing = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    var next = sent + 1;
                    await store.WriteAsync(connection =>
                    {
                        connection.Prepare("INSERT INTO pairs VALUES (?, ?, ?)")
                            .Bind(1, next).Bind(2, new string('a', 700)).Bind(3, $"{next}").Run();
                        connection.Prepare("INSERT OR REPLACE INTO total VALUES (1, ?)").Bind(1, next).Run();
                    });
                    Note(vcas, next);
                    Interlocked.Exchange(ref sent, next);
                }
            },
            Cancellation);

        var seen = new List<long>();
        try
        {
            for (var copy = 0; copy < 12; copy++)
            {
                // Something new in each.
                var before = Interlocked.Read(ref sent);
                SpinWait.SpinUntil(() => Interlocked.Read(ref sent) > before + 20 || writing.IsCompleted);
                var taken = DataCopy.Take(Data, Path.Combine(folder, $"copy-{copy}"));
                Assert.Equal(["local.db", "vault.json", "vcas.db"], taken.Files);
                seen.Add(await LookAsync(taken.Folder));
            }
        }
        finally
        {
            await enough.CancelAsync();
            await writing;
        }

        Assert.Equal(seen.Order().Distinct(), seen);
    }

    [Fact]
    public async Task What_lies_in_the_folder_comes_along_and_what_is_of_the_moment_stays()
    {
        await using (LocalStore.Open(Path.Combine(Data, "local.db"))) Directory.CreateDirectory(Path.Combine(Data, "anchors", "2029"));
        foreach (var file in new[] { "vault.json", "signing.pem", "anchors/2029/a.json", "vault.json.new", "other.lock" })
            await File.WriteAllTextAsync(Path.Combine(Data, file), file, Cancellation);
        var taken = DataCopy.Take(Data, Path.Combine(folder, "copy") + "/");
        Assert.Equal(["anchors/2029/a.json", "local.db", "signing.pem", "vault.json"], taken.Files.Select(file => file.Replace('\\', '/')));
        Assert.Equal(taken.Files, Directory.EnumerateFiles(taken.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(taken.Folder, file)).Order(StringComparer.Ordinal));
        Assert.Equal("anchors/2029/a.json", await File.ReadAllTextAsync(Path.Combine(taken.Folder, "anchors/2029/a.json"), Cancellation));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(taken.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(taken.Folder, "local.db")));
    }

    [Theory]
    [InlineData("nothing is there", "There is no local.db in")]
    [InlineData("something is there", "is there already")]
    [InlineData("a file is there", "is there already")]
    [InlineData("it lies within", "lies in the folder that is to be copied")]
    [InlineData("it is damaged", "is damaged")]
    public async Task Where_no_copy_can_be_taken_there_is_none_and_a_sentence_says_why(string why, string sentence)
    {
        Directory.CreateDirectory(Data);
        var target = why == "it lies within" ? Path.Combine(Data, "backup") : Path.Combine(folder, "copy");
        if (why != "nothing is there") await LocalStore.Open(Path.Combine(Data, "local.db")).DisposeAsync();
        if (why == "something is there") Directory.CreateDirectory(Path.Combine(target, "mine"));
        if (why == "a file is there") await File.WriteAllTextAsync(target, "mine", Cancellation);
        if (why == "it is damaged") await File.WriteAllTextAsync(Path.Combine(Data, "vcas.db"), "no database", Cancellation);
        var before = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order().ToList();
        var refused = Assert.Throws<StorageException>(() => DataCopy.Take(Data, target));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(entry => !entry.EndsWith("-wal", StringComparison.Ordinal) && !entry.EndsWith("-shm", StringComparison.Ordinal))
            .Order());
    }

    private static async Task<long> LookAsync(string copy)
    {
        await using var store = LocalStore.Open(Path.Combine(copy, "local.db"), Durability.Process);
        var (rows, whole, total) = store.Read(connection =>
        {
            using var count =
                connection.Prepare(
                    "SELECT count(*), sum(other = CAST(id AS TEXT) AND length(one) = 700), (SELECT n FROM total) FROM pairs");
            count.Step();
            return (count.GetInt64(0), count.GetInt64(1), count.GetInt64(2));
        });
        Assert.Equal(rows, whole);
        Assert.Equal(rows, total);
        using var vcas = Connect(copy);
        using var noted = vcas.CreateCommand();
        noted.CommandText = "SELECT max(id) FROM noted";
        // One may have been committed here and not yet noted there; none is noted there that isn't here.
        Assert.InRange((long)noted.ExecuteScalar()!, rows - 1, rows);
        return rows;
    }

    private static SqliteConnection Connect(string folder)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "vcas.db"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private SqliteConnection VcasTable()
    {
        var connection = Connect(Data);
        using var make = connection.CreateCommand();
        make.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE noted (id INTEGER PRIMARY KEY); INSERT INTO noted VALUES (0)";
        make.ExecuteNonQuery();
        return connection;
    }

    private static void Note(SqliteConnection vcas, long id)
    {
        using var note = vcas.CreateCommand();
        note.CommandText = "INSERT INTO noted VALUES ($id)";
        note.Parameters.AddWithValue("$id", id);
        note.ExecuteNonQuery();
    }
}
