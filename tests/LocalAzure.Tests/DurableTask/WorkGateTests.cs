using LocalAzure.DurableTask;

namespace LocalAzure.Tests.DurableTask;

/// <summary>In which order work gets its turn, and who is told when little of it is left.</summary>
public sealed class WorkGateTests
{
    private readonly TaskCompletionSource hold = new();
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> ran = [];

    [Fact]
    public async Task What_follows_from_other_work_comes_after_all_that_doesn_t()
    {
        var gate = Held();
        gate.Add(Run("told of the first"), isFollowUp: true);
        gate.Add(Run("second"));
        gate.Add(Run("told of the second"), isFollowUp: true);
        gate.Add(Run("third"));
        gate.Add(End, isFollowUp: true);
        hold.SetResult();
        await done.Task;
        Assert.Equal(["second", "third", "told of the first", "told of the second"], ran);
    }

    [Fact]
    public async Task Whoever_asks_is_told_once_few_enough_wait()
    {
        var gate = Held();
        Assert.True(gate.WhenAtMostAsync(0).IsCompletedSuccessfully);
        gate.Add(Run("first"));
        gate.Add(Run("second"));
        gate.Add(End);
        Assert.True(gate.WhenAtMostAsync(3).IsCompletedSuccessfully);
        var few = gate.WhenAtMostAsync(1);
        Assert.False(few.IsCompleted);
        hold.SetResult();
        await few;
        await done.Task;
        Assert.Equal(["first", "second"], ran);
    }

    [Fact]
    public async Task Nobody_who_asks_again_and_again_is_forgotten()
    {
        var gate = new WorkGate(4);
        for (var round = 0; round < 2_000; round++)
        {
            for (var i = 0; i < 8; i++) gate.Add(() => Task.CompletedTask);
            await gate.WhenAtMostAsync(round % 2).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
    }

    // What waits behind it waits until it is let go.
    private WorkGate Held()
    {
        var gate = new WorkGate(1);
        using var begun = new ManualResetEventSlim();
        gate.Add(() =>
        {
            begun.Set();
            return hold.Task;
        });
        begun.Wait(TestContext.Current.CancellationToken);
        return gate;
    }

    private Func<Task> Run(string name) => () =>
    {
        ran.Add(name);
        return Task.CompletedTask;
    };

    private Task End()
    {
        done.SetResult();
        return Task.CompletedTask;
    }
}
