using System.Text;
using Microsoft.Data.Sqlite;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>What each message does to what VCAS holds and owes, in any order of arrival.</summary>
public sealed class ReceiverStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-24T10:42:08Z");
    private static readonly ReferralContract Published = ReferralContract.Load();
    private static readonly ReferralMessage Made = Message("referral.made.v1");
    private static readonly ReferralMessage Amended = Message("referral.amended.v1");
    private static readonly ReferralMessage Withdrawn = Message("referral.withdrawn.v1");
    private static readonly Answer Receipt = new($"{Contract.ReferralId}/received", Contract.ReferralId, "{}", Now, IsDecision: false);
    private static readonly Answer Acceptance = new($"{Contract.ReferralId}/accepted", Contract.ReferralId, "{}", Now, IsDecision: true);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-store-");
    private ReferralStore store;

    public ReceiverStoreTests() => store = ReferralStore.Open(StorePath);

    private string StorePath => Path.Combine(folder.FullName, "vcas.db");

    public void Dispose()
    {
        store.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void An_amendment_replaces_what_was_stored()
    {
        Assert.Equal([Taken.First, Taken.Newer], Take(Made, Amended));
        Assert.Equal((2L, Amended.Data, null), Stored());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096 * 2)]
    public void A_store_that_is_damaged_is_named_and_not_written_on_into(int from)
    {
        Take(Made);
        store.Dispose();
        var bytes = File.ReadAllBytes(StorePath);
        bytes.AsSpan(from, 3000).Fill(0x5a);
        File.WriteAllBytes(StorePath, bytes);
        Assert.Contains(
            StorePath, Assert.Throws<InvalidDataException>(() => ReferralStore.Open(StorePath)).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(StorePath));
    }

    [Fact]
    public void A_referral_that_arrives_after_its_amendment_changes_nothing()
    {
        Assert.Equal([Taken.First, Taken.NotNewer], Take(Amended, Made));
        Assert.Equal((2L, Amended.Data, null), Stored());
        Assert.Equal([Receipt.Id, Acceptance.Id], Owed());
    }

    [Fact]
    public void A_withdrawal_marks_the_referral_and_drops_a_decision_not_yet_sent_but_not_the_receipt()
    {
        Assert.Equal([Taken.First, Taken.Withdrawn, Taken.SeenBefore], Take(Made, Withdrawn, Withdrawn));
        Assert.Equal((1L, Made.Data, "moved"), Stored());
        Assert.Equal([Receipt.Id], Owed());
    }

    [Fact]
    public void A_referral_that_arrives_after_its_withdrawal_is_neither_stored_nor_answered()
    {
        Assert.Equal([Taken.Withdrawn, Taken.AlreadyWithdrawn, Taken.AlreadyWithdrawn], Take(Withdrawn, Made, Amended));
        Assert.Equal((0L, null, "moved"), Stored());
        Assert.Empty(Owed());
    }

    [Fact]
    public void What_was_taken_and_what_is_owed_are_there_after_opening_the_file_again()
    {
        Take(Made);
        store.MarkSent([Receipt.Id], Now);
        store.Dispose();
        store = ReferralStore.Open(StorePath);

        Assert.Equal([Taken.SeenBefore], Take(Made));
        Assert.Equal([Acceptance.Id], Owed());
        Assert.Equal(Now, store.NextDue());
    }

    [Fact]
    public void An_answer_that_is_not_due_waits()
    {
        store.Take(Made, Now, [Receipt, Acceptance with { Due = Now.AddHours(2) }]);

        Assert.Equal([Receipt.Id], store.Due(Now.AddHours(1), 10).Select(a => a.Id));
        Assert.Equal([Receipt.Id, Acceptance.Id], store.Due(Now.AddHours(2), 10).Select(a => a.Id));
    }

    [Theory]
    [InlineData(0, 0, 0.25)]
    [InlineData(0, 1, 0.5)]
    [InlineData(3, 1, 4)]
    [InlineData(6, 1, 30)]
    [InlineData(100_000, 0, 15)]
    public void The_pause_before_connecting_again_doubles_up_to_half_a_minute(int failures, double chance, double seconds) =>
        Assert.Equal(seconds, BusLink.Pause(failures, chance).TotalSeconds);

    private static ReferralMessage Message(string name) =>
        Published.Read(new Incoming(Encoding.UTF8.GetBytes(Contract.ExampleText(name)), "application/cloudevents+json", null)).Message!;

    private List<Taken> Take(params ReferralMessage[] messages) =>
        [.. messages.Select(m => store.Take(m, Now, m.Kind == MessageKind.Withdrawn ? [] : [Receipt, Acceptance]))];

    private IEnumerable<string> Owed() => store.Due(Now, 10).Select(a => a.Id);

    private (long Version, string? Data, string? WithdrawnFor) Stored()
    {
        using var connection = new SqliteConnection($"Data Source={StorePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, data, withdrawn_for FROM referrals";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        var row = (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
        Assert.False(reader.Read());
        return row;
    }
}
