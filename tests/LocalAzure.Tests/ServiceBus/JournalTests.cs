using LocalAzure.ServiceBus;
using LocalAzure.Storage;

namespace LocalAzure.Tests.ServiceBus;

public sealed class JournalTests
{
    [Fact]
    public async Task An_answer_that_cannot_be_given_keeps_nobody_else_from_theirs()
    {
        var folder = Directory.CreateTempSubdirectory("journal-").FullName;
        await using (var store = LocalStore.Open(Path.Combine(folder, "journal.db")))
        {
            store.Define("CREATE TABLE lines (line INTEGER)");
            var unanswered = new List<Exception>();
            var journal = new Journal(store, unanswered.Add);
            journal.Append(
                connection => connection.Execute("INSERT INTO lines VALUES (1)"),
                _ => throw new InvalidOperationException("The link has gone."));
            await journal.AppendAsync(connection => connection.Execute("INSERT INTO lines VALUES (2)"))
                .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            await BusUnderTest.UntilAsync(() => journal.IsEmpty, "the journal to be empty");
            Assert.Equal("The link has gone.", Assert.Single(unanswered).Message);
        }

        Directory.Delete(folder, recursive: true);
    }
}
