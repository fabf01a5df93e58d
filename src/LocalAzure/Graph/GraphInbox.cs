using System.Text.Json;
using LocalAzure.Storage;

namespace LocalAzure.Graph;

/// <summary>
/// The accepted notifications, in the store: the newest of them. Teams keeps them for 30 days; here a clock may run ahead for a while, and
/// what was sent before must still be there when it is put right.
/// </summary>
internal sealed class GraphInbox
{
    private const int Kept = 10_000;

    private readonly LocalStore store;

    public GraphInbox(LocalStore store)
    {
        this.store = store;
        store.Define("""
            CREATE TABLE IF NOT EXISTS graph_inbox(
                id INTEGER PRIMARY KEY, recipient TEXT NOT NULL COLLATE NOCASE, chain INTEGER, at INTEGER NOT NULL, content TEXT NOT NULL);
            CREATE INDEX IF NOT EXISTS graph_inbox_chain ON graph_inbox(recipient, chain);
            """);
    }

    public Task AddAsync(GraphNotification notification) => store.WriteAsync(connection =>
    {
        connection.Prepare("DELETE FROM graph_inbox WHERE id <= (SELECT max(id) FROM graph_inbox) - ?").Bind(1, Kept).Run();
        if (notification.ChainId is { } chain)
            connection.Prepare("DELETE FROM graph_inbox WHERE recipient = ? AND chain = ?")
                .Bind(1, notification.Recipient).Bind(2, chain).Run();
        connection.Prepare("INSERT INTO graph_inbox(recipient, chain, at, content) VALUES (?, ?, ?, ?)")
            .Bind(1, notification.Recipient)
            .Bind(2, notification.ChainId)
            .Bind(3, notification.SentAt.UtcTicks)
            .Bind(4, JsonSerializer.Serialize(notification))
            .Run();
    });

    public IReadOnlyList<GraphNotification> Read(string? recipient) => store.Read(connection =>
    {
        var found = new List<GraphNotification>();
        using var row = connection.Prepare("SELECT content FROM graph_inbox WHERE ?1 IS NULL OR recipient = ?1 ORDER BY id")
            .Bind(1, recipient);
        while (row.Step()) found.Add(JsonSerializer.Deserialize<GraphNotification>(row.GetString(0))!);
        return found;
    });
}
