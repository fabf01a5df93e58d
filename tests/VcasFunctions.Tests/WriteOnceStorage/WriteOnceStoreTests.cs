using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Shared;
using VcasFunctions.Tests.Backup;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Tests.WriteOnceStorage;

/// <summary>
/// What every place keeps to in which files are written once: a folder, a test's own, and blobs by Microsoft's own client and emulator.
/// </summary>
public abstract class WriteOnceStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_lies_there_and_is_never_written_over()
    {
        var place = await PlaceAsync();
        Assert.True(await place.WriteAsync("2031-05-04-a.json", Text("one"), Cancellation));
        Assert.False(await place.WriteAsync("2031-05-04-a.json", Text("other"), Cancellation));
        Assert.False(await place.WriteAsync("2031-05-04-a.json", [], Cancellation));
        Assert.Equal(Text("one"), await place.ReadAsync("2031-05-04-a.json", Cancellation));
        Assert.Equal(
            409,
            (await Assert.ThrowsAsync<RequestFailedException>(
                () => place.WriteNewAsync("2031-05-04-a.json", Text("other"), Cancellation))).Status);
    }

    [Fact]
    public async Task The_same_once_more_is_what_was_written()
    {
        var place = await PlaceAsync();
        foreach (var _ in Enumerable.Range(0, 3)) Assert.True(await place.WriteAsync("b.json", Text("the same"), Cancellation));
        await place.WriteNewAsync("b.json", Text("the same"), Cancellation);
        Assert.Equal(["b.json"], await NamesAsync(place, ""));
    }

    [Fact]
    public async Task Of_many_that_write_at_once_one_is_first_and_the_others_are_told()
    {
        var place = await PlaceAsync();
        var names = Enumerable.Range(0, 20).Select(number => $"c{number:D2}.json").ToArray();
        foreach (var name in names)
        {
            var written = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(writer => Task.Run(() => place.WriteAsync(name, Text($"writer {writer}"), Cancellation))));
            var first = Assert.Single(Enumerable.Range(0, 8), writer => written[writer]);
            Assert.Equal(Text($"writer {first}"), await place.ReadAsync(name, Cancellation));
        }

        Assert.Equal(names, await NamesAsync(place, ""));
    }

    [Fact]
    public async Task Files_are_found_by_how_their_names_begin_in_the_order_of_their_names()
    {
        var place = await PlaceAsync();
        Assert.Empty(await NamesAsync(place, ""));
        foreach (var name in new[] { "2031-05-05-b", "2031-05-04-z", "2031-05-05-B", "2031-05-05-a", "2031-06-05-a" })
            await place.WriteNewAsync(name, Text(name), Cancellation);
        Assert.Equal(["2031-05-05-B", "2031-05-05-a", "2031-05-05-b"], await NamesAsync(place, "2031-05-05-"));
        Assert.Equal("2031-05-04-z", (await NamesAsync(place, ""))[0]);
        Assert.Empty(await NamesAsync(place, "2031-07"));
        await Assert.ThrowsAnyAsync<Exception>(() => place.ReadAsync("2031-07-01-a", Cancellation));
    }

    protected abstract Task<IWriteOnceStore> PlaceAsync();

    protected static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<List<string>> NamesAsync(IWriteOnceStore place, string prefix)
    {
        var names = new List<string>();
        await foreach (var name in place.NamesAsync(prefix, Cancellation)) names.Add(name);
        return names;
    }
}

/// <summary>A folder, as a laptop has it.</summary>
public sealed class FolderWriteOnceStoreTests : WriteOnceStoreContract, IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());

    [Fact]
    public async Task A_file_is_for_reading_alone()
    {
        await (await PlaceAsync()).WriteNewAsync("d.json", Text("d"), Cancellation);
        Assert.True(File.GetAttributes(Path.Combine(folder, "d.json")).HasFlag(FileAttributes.ReadOnly));
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    protected override Task<IWriteOnceStore> PlaceAsync() => Task.FromResult<IWriteOnceStore>(new FolderWriteOnceStore(folder));
}

/// <summary>The one that the tests of backups look into.</summary>
public sealed class MemoryWriteOnceStoreTests : WriteOnceStoreContract
{
    private readonly MemoryWriteOnceStore place = new();

    protected override Task<IWriteOnceStore> PlaceAsync() => Task.FromResult<IWriteOnceStore>(place);
}

/// <summary>Blobs.</summary>
[Needs(Tool.Node)]
public sealed class BlobWriteOnceStoreTests(BlobAccounts accounts) : WriteOnceStoreContract, IClassFixture<BlobAccounts>
{
    private const string Container = "once";

    [Fact]
    public async Task A_writing_whose_answer_was_lost_is_found_to_have_got_through()
    {
        var (connection, container) = await accounts.WithAsync(Container);
        var lossy = new LosesAnswers();
        var options = new BlobClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), Mode = RetryMode.Fixed } };
        options.AddPolicy(lossy, HttpPipelinePosition.PerRetry);
        var place = new BlobWriteOnceStore(new BlobContainerClient(connection, Container, options));
        Assert.True(await place.WriteAsync("e.json", Text("e"), Cancellation));
        Assert.Equal(2, lossy.Written);
        Assert.Equal("e", (await container.GetBlobClient("e.json").DownloadContentAsync(Cancellation)).Value.Content.ToString());
    }

    // As the role of the backups has it: who takes the app over can't even read what is there.
    [Fact]
    public async Task Who_may_only_add_writes_what_is_new_and_is_refused_where_something_lies_already()
    {
        var (_, container) = await accounts.WithAsync(Container);
        var place = new BlobWriteOnceStore(new BlobContainerClient(
            container.GenerateSasUri(BlobContainerSasPermissions.Create, DateTimeOffset.MaxValue.AddYears(-1))));
        Assert.True(await place.WriteAsync("f.json", Text("f"), Cancellation));
        foreach (var again in new[] { "f", "other" })
        {
            var refused = await Assert.ThrowsAsync<RequestFailedException>(() => place.WriteAsync("f.json", Text(again), Cancellation));
            Assert.Equal(403, refused.Status);
        }

        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => place.ReadAsync("f.json", Cancellation))).Status);
        Assert.Equal("f", (await container.GetBlobClient("f.json").DownloadContentAsync(Cancellation)).Value.Content.ToString());
    }

    protected override async Task<IWriteOnceStore> PlaceAsync() =>
        BlobWriteOnceStore.At((await accounts.WithAsync(Container)).Connection, null, new DefaultAzureCredential(), Container);

    /// <summary>The service takes the first writing, and its answer never comes.</summary>
    private sealed class LosesAnswers : HttpPipelinePolicy
    {
        public int Written { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Request.Method == RequestMethod.Put && ++Written == 1) throw new IOException("The answer was lost.");
        }
    }
}
