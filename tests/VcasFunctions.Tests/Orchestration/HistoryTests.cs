using System.Text;
using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask;
using Microsoft.DurableTask;
using Shared;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Timekeeping;

namespace VcasFunctions.Tests.Orchestration;

/// <summary>
/// The orchestration's whole histories. Those of a released version are kept beside this file and replayed by the code as it is
/// now: a change that would break a household that already waits fails here and names the step. VCAS_WRITE_HISTORIES=1 records
/// those of the present version anew; a new version gets a folder of its own, and older ones stay as they are.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class HistoryTests
{
    private const string Version = "1.0";

    private static readonly string Folder = Path.Combine(Golden.Root, "tests", "VcasFunctions.Tests", "Histories");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Stories => [.. Story.All.Select(story => story.Name)];

    [Fact]
    public async Task Each_course_takes_the_steps_that_people_can_read()
    {
        var text = new StringBuilder("# The steps of an orchestration\n\nWhat the history of each course holds, whole and in order: "
            + "what came, what was done. Instants are UTC, in 2024.\n");
        foreach (var story in Story.All)
        {
            var (steps, exported) = await story.HappenAsync();
            text.Append($"\n## {story.Name}\n\n");
            foreach (var step in steps) text.Append($"- {step}\n");
            if (Environment.GetEnvironmentVariable("VCAS_WRITE_HISTORIES") != "1") continue;
            Directory.CreateDirectory(Path.Combine(Folder, Version));
            await File.WriteAllTextAsync(Path.Combine(Folder, Version, $"{story.Name}.json"), exported, Cancellation);
        }

        Golden.Holds("tests/VcasFunctions.Tests/Orchestration/Steps.md", text.ToString());
    }

    [Fact]
    public void Each_course_has_its_history_kept() => Assert.Equal(
        Story.All.Select(story => $"{story.Name}.json").Order(),
        Directory.GetFiles(Path.Combine(Folder, Version)).Select(Path.GetFileName).Order()!);

    [Fact]
    public async Task Every_history_of_every_released_version_can_be_carried_on_by_this_code()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        var replayed = 0;
        foreach (var file in Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories))
        {
            var exported = await File.ReadAllTextAsync(file, Cancellation);
            var diverged = Record.Exception(
                () => Assert.True(HistoryReplay.Run(app.Azure.Functions, exported, app.Azure.Engine.Options) > 3));
            Assert.True(diverged is null, $"{Path.GetRelativePath(Folder, file)}: {diverged?.Message}");
            replayed++;
        }

        Assert.True(replayed >= 8, $"Only {replayed} histories were found.");
    }

    [Fact]
    public void Whoever_starts_the_orchestration_knows_its_name() =>
        Assert.Equal(nameof(OfferOrchestration), HouseholdOrchestrations.Orchestration);

    [Fact]
    public async Task A_change_that_breaks_a_waiting_household_is_found_and_the_step_is_named()
    {
        var exported = await File.ReadAllTextAsync(Path.Combine(Folder, Version, "declined-due-accepted.json"), Cancellation);

        // The same orchestration, but for one step: it would look twice before it waits.
        var diverged = Assert.Throws<NonDeterministicOrchestrationException>(() => HistoryReplay.Run(
            async context =>
            {
                var household = context.GetInput<HouseholdOrchestrationInput>()!.OfferId;
                await context.CallActivityAsync<Plan>(nameof(ReadPlan), household);
                await context.CallActivityAsync<Plan>(nameof(ReadPlan), household);
                return null;
            },
            exported));
        Assert.Contains("a timer", diverged.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ReadPlan), diverged.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_kept_history_holds_ids_instants_and_codes_alone(string story)
    {
        var exported = await File.ReadAllTextAsync(Path.Combine(Folder, Version, $"{story}.json"), Cancellation);
        Assert.DoesNotContain("900123", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("phone", exported, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_history_that_would_grow_long_is_begun_anew()
    {
        var (steps, _) = await Story.All.Single(story => story.Name == "continued-as-new").HappenAsync();
        // The call became due in the history before this one.
        Assert.DoesNotContain($"call {nameof(StartCallBack)}", steps);
        Assert.Contains($"call {nameof(RemindCaller)}", steps);
    }

    [Fact]
    public async Task An_outage_of_days_leaves_a_history_of_one_failure_and_is_over_a_quarter_of_an_hour_after_its_end()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), configure: QueueOutage.FailsAtOnce, settings: "Vcas:Sweep:Schedule=0 7 3 1 1 *");
        using var api = new Api(app);
        await app.Azure.Broker.StopAsync();
        var id = await api.RecordAsync(Given.Declined().With("answer", "accepted"));
        await app.AdvanceAsync(TimeSpan.FromHours(30), Cancellation);

        var history = app.Azure.Engine.ReadHistory(HouseholdOrchestrations.InstanceIdOf(id));
        // What still fails is handed on beside the household, by the activity's name and with nothing of what it said.
        Assert.Equal(
            $$"""{"OfferId":"{{id:D}}","Failing":["{{nameof(SendReferral)}}"],"Plan":null}""",
            Assert.Single(history, item => item.ExecutionStarted is not null).ExecutionStarted.Input);
        var steps = Story.StepsOf(history);
        Assert.True(steps.Count(step => step == $"{nameof(SendReferral)} failed") <= 1, string.Join('\n', steps));
        Assert.InRange(steps.Count, 1, 8);

        await app.Azure.Broker.StartAsync();
        await app.AdvanceAsync(TimeSpan.FromMinutes(15), Cancellation);
        Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    public async Task The_call_is_started_at_its_instant_and_only_once()
    {
        var (steps, _) = await Story.All.Single(story => story.Name == "declined-due-accepted").HappenAsync();
        var due = Enumerable.ToList(steps).IndexOf("it is 04-02 08:00");
        Assert.True(due > 0, string.Join('\n', steps));
        Assert.Equal($"call {nameof(StartCallBack)}", steps[due + 1]);
        Assert.Single(steps, step => step == $"call {nameof(StartCallBack)}");
    }
}
