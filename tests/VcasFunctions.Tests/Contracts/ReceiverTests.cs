using System.Text;
using Microsoft.Extensions.Time.Testing;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>The whole receiver in process, against a broker on loopback.</summary>
public sealed class ReceiverTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-receiver-");
    private readonly SmallBroker broker = new();

    private string StorePath => Path.Combine(folder.FullName, "vcas.db");

    public void Dispose()
    {
        broker.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_valid_referral_is_stored_and_answered_by_the_contract()
    {
        await broker.StartAsync();
        var referralId = Guid.NewGuid();
        await using var run = Run("--answer", "accept", "--close-after", "0s");
        await broker.SendAsync(Contract.Example("referral.made.v1", referralId));

        await run.UntilAsync(broker, () => broker.Answers.Count == 3 && broker.Settled == 1, "three answers and the settled referral");

        Assert.Equal([$"{referralId}/received", $"{referralId}/accepted", $"{referralId}/closed"], broker.AnswerIds);
        foreach (var answer in broker.Answers)
        {
            var schema = await Contract.SchemaAsync(((string)answer["type"]!)["uk.police.vcas.".Length..]);
            Assert.Empty(schema.Validate(answer.ToJsonString()).Select(e => $"{e.Path}: {e.Kind}"));
        }

        await run.StopAsync();
        Assert.Contains($"{referralId} made stored", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("447700900", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referral_that_comes_twice_is_taken_and_answered_once()
    {
        await broker.StartAsync();
        var (twice, last) = (Guid.NewGuid(), Guid.NewGuid());
        await using var run = Run();
        await broker.SendAsync(Contract.Example("referral.made.v1", twice));
        await broker.SendAsync(Contract.Example("referral.made.v1", twice));
        await broker.SendAsync(Contract.Example("referral.made.v1", last));

        await run.UntilAsync(
            broker,
            () => broker.AnswerIds.Contains($"{last}/accepted") && broker.Settled == 3,
            "the answer to the last and three settled");

        Assert.Equal(
            [$"{twice}/received", $"{twice}/accepted", $"{last}/received", $"{last}/accepted"], broker.AnswerIds.Order(By(twice)));
        await run.StopAsync();
        Assert.Contains($"{twice} made ignored: seen before", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_the_contract_is_dead_lettered_with_a_reason_and_the_next_is_taken()
    {
        await broker.StartAsync();
        var bad = Contract.Example("referral.made.v1", Guid.NewGuid());
        bad["data"]!["contact"]!["phone"] = "Alex Example on 07700 900123";
        var good = Guid.NewGuid();
        await using var run = Run();
        await broker.SendAsync(bad);
        await broker.SendAsync(Encoding.UTF8.GetBytes("Alex Example"), "application/cloudevents+json", null);
        await broker.SendAsync(Contract.Example("referral.made.v1", good));

        await run.UntilAsync(
            broker,
            () => broker.DeadLetters.Count == 2 && broker.AnswerIds.Contains($"{good}/accepted"),
            "two dead letters and the answer to the good one");

        Assert.Equal(("SchemaViolation", "$.data.contact.phone: PatternMismatch"), broker.DeadLetters[0]);
        Assert.Equal("NotJson", broker.DeadLetters[1].Reason);
        Assert.DoesNotContain("Alex", broker.DeadLetters[1].Description, StringComparison.Ordinal);
        await run.StopAsync();
        Assert.DoesNotContain("Alex", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_at_first_and_goes_away_again_is_waited_for()
    {
        var (before, after) = (Guid.NewGuid(), Guid.NewGuid());
        await using var run = Run();
        await run.UntilPrintedAsync("trying until it can");
        await broker.StartAsync();
        await broker.SendAsync(Contract.Example("referral.made.v1", before));
        await run.UntilAsync(broker, () => broker.AnswerIds.Contains($"{before}/accepted"), "the answer before the outage");

        await broker.StopAsync();
        await broker.StartAsync();
        await broker.SendAsync(Contract.Example("referral.made.v1", after));

        await run.UntilAsync(broker, () => broker.AnswerIds.Contains($"{after}/accepted"), "the answer after the outage");
        Assert.Equal(4, broker.AnswerIds.Distinct().Count());
    }

    [Fact]
    public async Task A_queue_for_answers_that_is_not_there_yet_is_told_of_and_waited_for_before_a_referral_is_taken()
    {
        await broker.StartAsync(takesAnswers: false);
        var referralId = Guid.NewGuid();
        await broker.SendAsync(Contract.Example("referral.made.v1", referralId));
        await using var run = Run();
        await run.UntilPrintedAsync("can't be used (MessagingEntityNotFound)");
        Assert.Equal(0, broker.Locked);

        await broker.StopAsync();
        await broker.StartAsync();
        await run.UntilAsync(broker, () => broker.Answers.Count == 2, "both answers");

        Assert.Equal([$"{referralId}/received", $"{referralId}/accepted"], broker.AnswerIds);
    }

    [Fact]
    public async Task Answers_that_were_owed_when_the_receiver_ended_are_sent_by_the_next_one_and_none_twice()
    {
        await broker.StartAsync();
        var referralId = Guid.NewGuid();
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-24T10:42:08Z"));
        await using (var first = Run(time, "--answer", "reject:atCapacity", "--accept-after", "2h"))
        {
            await broker.SendAsync(Contract.Example("referral.made.v1", referralId));
            await first.UntilPrintedAsync("received sent");
            await first.StopAsync();
        }

        time.Advance(TimeSpan.FromHours(1));
        await using var second = Run(time, "--answer", "accept");
        await second.UntilPrintedAsync("connected");
        Assert.Equal([$"{referralId}/received"], broker.AnswerIds);
        time.Advance(TimeSpan.FromHours(1));

        await second.UntilAsync(broker, () => broker.Answers.Count == 2, "the rejection that fell due");
        var rejection = broker.Answers[1];
        Assert.Equal(($"{referralId}/rejected", "atCapacity", "2026-03-24T12:42:08.000Z"),
            ((string?)rejection["id"], (string?)rejection["data"]!["reason"], (string?)rejection["data"]!["at"]));
    }

    [Fact]
    public async Task On_stopping_what_is_in_hand_is_finished_and_what_lies_behind_it_is_free_for_the_next_at_once()
    {
        await broker.StartAsync();
        var ids = Enumerable.Range(0, 30).Select(_ => Guid.NewGuid()).ToList();
        foreach (var id in ids) await broker.SendAsync(Contract.Example("referral.made.v1", id));
        await using (var first = Run())
        {
            first.HoldAt("made stored");
            await first.UntilHeldAsync();
            var stopping = first.StopAsync();
            first.GoOn();
            await stopping;
        }

        Assert.Equal(0, broker.Locked);
        Assert.InRange(broker.Settled, 1, 20);
        await using var second = Run();
        await second.UntilAsync(broker, () => broker.AnswerIds.Count >= 60 && broker.Settled == 30, "an answer to each of 30");
        Assert.Equal(ids.SelectMany(id => new[] { $"{id}/received", $"{id}/accepted" }).Order(), broker.AnswerIds.Order());
    }

    [Fact]
    public async Task Only_a_demonstration_shows_people()
    {
        await broker.StartAsync();
        await using var run = Run("--show-people");
        await broker.SendAsync(Contract.Example("referral.made.v1", Guid.NewGuid()));

        await run.UntilPrintedAsync("(Alex Example, +447700900123)");
        await broker.SendAsync(Contract.Example("referral.made.v2", Guid.NewGuid()));
        await run.UntilPrintedAsync("(Alex Example, by other routes)");
    }

    private static Comparer<string> By(Guid first) =>
        Comparer<string>.Create((a, b) =>
            b.StartsWith(first.ToString(), StringComparison.Ordinal).CompareTo(a.StartsWith(first.ToString(), StringComparison.Ordinal)));

    private RunningReceiver Run(params string[] arguments) => Run(TimeProvider.System, arguments);

    private RunningReceiver Run(TimeProvider time, params string[] arguments) =>
        new(ReceiverOptions.Read(["--connection", broker.ConnectionString, "--store", StorePath, .. arguments], _ => null), time);
}
