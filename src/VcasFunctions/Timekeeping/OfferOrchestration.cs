using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Vcas.Domain.Households;
using VcasFunctions.Notifications;

namespace VcasFunctions.Timekeeping;

/// <summary>
/// Keeps time for one household. The database knows where the household stands; this knows only when something has to be done
/// about it, and asks after every wait. Ids, instants and codes are all that its history holds.
/// </summary>
public static class OfferOrchestration
{
    // A household that nobody calls is reminded of every working day: a history is begun anew before it grows long.
    private const int StepsOfOneHistory = 40;

    /// <summary>Waits until the household is settled.</summary>
    [Function(nameof(OfferOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var household = new OrchestrationSteps(context);
        var plan = await household.First();
        // A danger, and hours in which nobody can be called, are told of before anything is waited for.
        if (plan is { HasNotices: true }) await household.SendNotices();

        for (var step = 0; plan is not { Stage: Stage.Settled }; step++)
        {
            // What failed for long is tried after each rest in a history of its own: every step goes through all failures before it once
            // more, and an outage may last for days. How the household stands by then is read first.
            if (plan is null || step == StepsOfOneHistory)
            {
                context.ContinueAsNew(household.Beginning);
                return;
            }

            plan = plan switch
            {
                // Declined: three weeks pass, or the household accepts first, or the offer is withdrawn.
                { Stage: Stage.AwaitingCall } => await household.When(plan, nameof(StartCallBack)),
                // Due: somebody calls; until then the caller is reminded, and the supervisor told.
                { Stage: Stage.AwaitingAttempt } => await household.When(plan, nameof(RemindCaller)),
                // Somebody has just said what came of a call, and can still undo it: what it tells others waits for that.
                { Stage: Stage.AwaitingUndo } => await household.When(plan, nameof(SettleAttempt)),
                // Not safe: nobody phones until a person says so; from its review on the supervisor is told.
                { Stage: Stage.OnHold } => await household.When(plan, nameof(ReviewHold)),
                // In danger, and nobody has acknowledged it: the next recipient is told.
                { Stage: Stage.AwaitingAcknowledgement } => await household.When(plan, nameof(EscalateDanger)),
                // Somebody knows of it, and nobody has said what was done: the supervisor is reminded.
                { Stage: Stage.AwaitingMeasure } => await household.When(plan, nameof(RemindOfMeasure)),
                // A danger is told of again where a referral can't leave too: the queue's outage is no reason to tell nobody.
                { Stage: Stage.AwaitingSend, UrgentAt: { } urgentAt } when urgentAt.UtcDateTime <= context.CurrentUtcDateTime =>
                    await household.Now(nameof(EscalateDanger)),
                // Some days after a danger nobody has asked yet how they are: the supervisor is told.
                { Stage: Stage.AwaitingWelfareContact } => await household.When(plan, nameof(RemindOfWelfareContact)),
                // No safe route is known: whoever might find one is told of it on some days.
                { Stage: Stage.AwaitingSafeRoute } => await household.When(plan, nameof(RemindOfSafeRoute)),
                // Nothing may be erased: from its review on the supervisor is told, until a person says that it may.
                { Stage: Stage.AwaitingDisclosureReview } => await household.When(plan, nameof(ReviewDisclosureHold)),
                // Accepted: the referral goes to VCAS.
                { Stage: Stage.AwaitingSend } => await household.Send(plan, nameof(SendReferral)),
                // Sent: VCAS answers; where it doesn't in time, the supervisor is told.
                { Stage: Stage.AwaitingAnswer } => await household.When(plan, nameof(ChaseAnswer)),
                _ => plan with { Stage = Stage.Settled },
            };

            if (plan is { HasNotices: true }) await household.SendNotices();
        }

        if (plan.HasNotices) await household.SendNotices();
    }
}
