using Microsoft.DurableTask;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Notifications;

namespace VcasFunctions.Timekeeping;

/// <summary>The few things an orchestration does for its household: do something now, do it when its time comes, tell somebody.</summary>
internal sealed class OrchestrationSteps
{
    // 15 s × (2^6 − 1) ≈ 16 min of trying before a rest.
    private static readonly TaskOptions Persistently = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 7, firstRetryInterval: TimeSpan.FromSeconds(15), backoffCoefficient: 2.0));

    // 10 s × (3^4 − 1)/2 ≈ 7 min. The call list shows the case all the while; the sweep tries again later.
    private static readonly TaskOptions Briefly = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 3.0));

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    // Doubled after each failure: again 15 s × (2^6 − 1) ≈ 16 min until the first rest.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    private readonly TaskOrchestrationContext context;
    private readonly Listener changes;
    private readonly Guid offerId;
    private readonly Plan? known;

    // What was tried for long and couldn't be done.
    private readonly HashSet<string> failing;

    public OrchestrationSteps(TaskOrchestrationContext context)
    {
        var beginning = context.GetInput<HouseholdOrchestrationInput>()!;
        (this.context, changes) = (context, new Listener(context));
        (offerId, known, failing) = (beginning.OfferId, beginning.Plan, [.. beginning.Failing]);
    }

    /// <summary>With what the history that follows on this one is begun: what still fails is not new to it.</summary>
    public HouseholdOrchestrationInput Beginning => new(offerId, [.. failing.Order(StringComparer.Ordinal)]);

    /// <summary>What comes first: as the recording has said it, or read where nobody has.</summary>
    public Task<Plan?> First() => known is null ? Now(nameof(ReadPlan)) : Task.FromResult<Plan?>(Keep(known));

    /// <summary>
    /// Does it and gives what comes next. Where it can't be done after repeated trying (once after each further rest), rests and
    /// gives null: nobody knows then how the household stands, and its plan has to be read anew.
    /// </summary>
    public async Task<Plan?> Now(string activity)
    {
        try
        {
            // After a rest one try is enough to see whether it still can't be done.
            var plan = await context.CallActivityAsync<Plan>(activity, offerId, failing.Contains(activity) ? null : Persistently);
            failing.Remove(activity);
            return Keep(plan);
        }
        catch (TaskFailedException)
        {
            failing.Add(activity);
            await context.CreateTimer(context.CurrentUtcDateTime.Add(Rest), CancellationToken.None);
            return null;
        }
    }

    /// <summary>
    /// Sends what waits for VCAS, and gives what comes next. Where the queue is out of reach it is tried as persistently as anything else,
    /// but nothing else waits for that: when a danger has to be told of, or the household has changed, this gives null at once, as after a
    /// rest, and the plan is read anew.
    /// </summary>
    public async Task<Plan?> Send(Plan plan, string activity)
    {
        for (var pause = failing.Contains(activity) ? Rest : FirstPause; ; pause *= 2)
        {
            try
            {
                var next = await context.CallActivityAsync<Plan>(activity, offerId);
                failing.Remove(activity);
                return Keep(next);
            }
            catch (TaskFailedException)
            {
                // The message stays in the outbox.
            }

            if (pause >= Rest) failing.Add(activity);
            var rested = await Pause(plan, pause < Rest ? pause : Rest);
            if (!rested || pause >= Rest) return null;
        }
    }

    /// <summary>Does it when its time has come, unless the offer changes first: then the plan is read anew.</summary>
    public async Task<Plan?> When(Plan plan, string activity)
    {
        var wakeAt = plan.WakeAt?.UtcDateTime ?? DateTime.MaxValue;
        if (wakeAt <= context.CurrentUtcDateTime) return await Now(activity);

        using var stop = new CancellationTokenSource();
        var due = context.CreateTimer(wakeAt, stop.Token);
        var first = await Task.WhenAny(due, changes.After(plan.Revision));
        if (first == due) return await Now(activity);
        stop.Cancel();
        return await Now(nameof(ReadPlan));
    }

    /// <summary>Sends the notifications that wait. Teams being out of reach never holds up the household.</summary>
    public async Task SendNotices()
    {
        try
        {
            await context.CallActivityAsync(nameof(SendNotices), offerId, Briefly);
        }
        catch (TaskFailedException)
        {
            // They stay in the offer's outbox, where the sweep finds them.
        }
    }

    // Whether the whole pause has passed, with nothing to be told of and no change of the household.
    private async Task<bool> Pause(Plan plan, TimeSpan length)
    {
        var end = context.CurrentUtcDateTime.Add(length);
        var isCut = plan.UrgentAt?.UtcDateTime < end;
        if (isCut) end = plan.UrgentAt!.Value.UtcDateTime;
        if (end <= context.CurrentUtcDateTime) return false;

        using var stop = new CancellationTokenSource();
        var passed = context.CreateTimer(end, stop.Token);
        if (await Task.WhenAny(passed, changes.After(plan.Revision)) == passed) return !isCut;
        stop.Cancel();
        return false;
    }

    private Plan Keep(Plan plan)
    {
        context.SetCustomStatus(new HouseholdOrchestrationStatus(plan.Stage, plan.WakeAt, plan.Revision, changes.NameFor(plan.Revision)));
        return plan;
    }

    /// <summary>
    /// Waits for changes, one name a revision and one wait a name. Where a change has been told of and the revision is still
    /// the same (the sweep woke the household for another reason), the next wait of that revision has a name of its own.
    /// </summary>
    private sealed class Listener(TaskOrchestrationContext context)
    {
        private int revision = -1;
        private int heard;
        private Task waiting = Task.CompletedTask;

        public string NameFor(int ofRevision)
        {
            if (ofRevision != revision) (revision, heard) = (ofRevision, 0);
            else if (waiting.IsCompleted) heard++;
            else return Name;

            waiting = context.WaitForExternalEvent<object?>(Name);
            return Name;
        }

        public Task After(int ofRevision)
        {
            if (ofRevision != revision) NameFor(ofRevision);
            return waiting;
        }

        private string Name => heard == 0
            ? HouseholdOrchestrations.ChangeAfter(revision)
            : $"{HouseholdOrchestrations.ChangeAfter(revision)}-{heard}";
    }
}
