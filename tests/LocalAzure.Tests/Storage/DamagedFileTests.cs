using System.Security.Cryptography;
using LocalAzure.Storage;

namespace LocalAzure.Tests.Storage;

/// <summary>A file that is damaged stops the start by its name, and not one byte of it is changed by that.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int Rows = 3_000;
    private readonly string folder = Path.Combine(Path.GetTempPath(), "damaged-" + Guid.NewGuid().ToString("N"));

    private string Main => Path.Combine(folder, "local.db");

    public static TheoryData<string> Damages =>
    [
        "its first page is overwritten", "its header says something else", "its second half is gone", "it ends in the middle of a page",
        "a page in the middle is zeros", "every tenth page is noise", "it is empty", "it is a text",
        "it is gone and its latest writes are there",
    ];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_file_stops_the_start_by_its_name_and_is_left_as_it_is(string how)
    {
        await FillAsync(crash: how.StartsWith("it is gone", StringComparison.Ordinal));
        Damage(how);
        var before = Fingerprint();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var stopped = Assert.Throws<StorageException>(() => LocalStore.Open(Main));
            Assert.True(stopped.IsDamage, stopped.Message);
            Assert.StartsWith($"The data file '{Main}' is damaged: ", stopped.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was written to it.", stopped.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_crash_at_any_point_is_no_damage()
    {
        await FillAsync(crash: true);
        for (var start = 0; start < 5; start++)
        {
            var store = LocalStore.Open(Main);
            await store.WriteAsync(connection => connection.Prepare("INSERT INTO t (v) VALUES (?)").Bind(1, "more").Run());
            await store.CrashAsync();
        }

        await using var last = LocalStore.Open(Main);
        Assert.Equal(Rows + 5, Count(last));
    }

    [Fact]
    public async Task A_first_start_that_was_cut_short_is_begun_anew()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Main + ".new", "half", TestContext.Current.CancellationToken);
        await using var store = LocalStore.Open(Main);
        store.Define("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT)");
        Assert.Equal(0, Count(store));
    }

    [Fact]
    public async Task A_damaged_file_that_is_put_back_opens_in_the_same_process()
    {
        await FillAsync(crash: false);
        var whole = await File.ReadAllBytesAsync(Main, TestContext.Current.CancellationToken);
        Damage("its second half is gone");
        Assert.Throws<StorageException>(() => LocalStore.Open(Main));
        await File.WriteAllBytesAsync(Main, whole, TestContext.Current.CancellationToken);
        await using var again = LocalStore.Open(Main);
        Assert.Equal(Rows, Count(again));
    }

    private static long Count(LocalStore store) => store.Read(connection =>
    {
        using var row = connection.Prepare("SELECT count(*) FROM t");
        return row.Step() ? row.GetInt64(0) : -1;
    });

    private async Task FillAsync(bool crash)
    {
        var store = LocalStore.Open(Main);
        store.Define("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT); CREATE INDEX IF NOT EXISTS i ON t (v)");
        await Task.WhenAll(Enumerable.Range(0, Rows).Select(i => store.WriteAsync(connection =>
            connection.Prepare("INSERT INTO t (v) VALUES (?)")
                .Bind(1, Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(i)))).Run())));
        if (crash) await store.CrashAsync();
        else await store.DisposeAsync();
    }

    private void Damage(string how)
    {
        const int Page = 8192;
        var bytes = File.ReadAllBytes(Main);
        switch (how)
        {
            case "its first page is overwritten": Array.Fill(bytes, (byte)7, 0, Page); break;
            case "its header says something else": bytes[3] ^= 0x20; break;
            case "its second half is gone": bytes = bytes[..(bytes.Length / Page / 2 * Page)]; break;
            case "it ends in the middle of a page": bytes = bytes[..(bytes.Length - Page - 1000)]; break;
            case "a page in the middle is zeros": Array.Clear(bytes, bytes.Length / Page / 2 * Page, Page); break;
            case "every tenth page is noise":
                for (var at = Page; at < bytes.Length; at += 10 * Page) RandomNumberGenerator.Fill(bytes.AsSpan(at, Page));
                break;
            case "it is empty": bytes = []; break;
            case "it is a text": bytes = "Somebody saved something else under this name."u8.ToArray(); break;
            default:
                // What a kill leaves: the latest writes beside the file.
                File.WriteAllBytes(Main + "-wal", bytes);
                File.Delete(Main);
                return;
        }

        File.WriteAllBytes(Main, bytes);
    }

    private string Fingerprint() => string.Join(' ', new[] { Main, Main + "-wal" }
        .Select(file => File.Exists(file) && new FileInfo(file).Length > 0 ? File.ReadAllBytes(file) : [])
        .Select(bytes => Convert.ToHexString(SHA256.HashData(bytes))));
}
