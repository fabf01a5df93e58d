using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Tables;

namespace Simulation;

/// <summary>
/// No hold ends without a person, none goes on without its supervisor knowing; and what was done stands as whoever's it was.
/// </summary>
internal sealed partial class Invariants
{
    // As long as Teams keeps a notice.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    // What a person did under the other offer, from which it follows that it doesn't stand in the way any more.
    private static bool TakesBack(HouseholdEvent happened) => happened is NeverTakenBack or OfferWithdrawn or OfferReopened or OfferAccepted
        or ReferralWithdrawn or CallBackReopened or OfferClosed or AttemptUndone;

    // Between a hold and the next call stands a person's word: that it is released, or what follows from what was said. What holds it
    // now stands in the trail.
    private static void NoHoldEndsByItself(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        var (known, supervisors) = (false, false);
        var before = (known, supervisors);
        foreach (var (_, happened) in trail)
        {
            if (happened is AttemptRecorded or LateOutcomeRecorded) before = (known, supervisors);
            Must(!(known || supervisors) || happened is not CallBackDue, $"{offer.Id} became due out of a hold that nobody ended");
            (known, supervisors) = happened switch
            {
                CallBackHeld { CausedBy: not null } => (known, true),
                CallBackHeld => (true, supervisors),
                HoldEnded { ForSupervisor: true } => (known, false),
                HoldEnded => (false, supervisors),
                AttemptUndone => before,
                OfferAccepted or OfferWithdrawn or OfferClosed => (false, false),
                _ => (known, supervisors),
            };
        }

        // The trail may be newer than what it is held against.
        if (trail.Count != offer.Revision) return;
        Must((known || supervisors) == (offer.State == HouseholdState.Held),
            $"{offer.Id} is {offer.State} against its trail: {Told(trail)}");
        Must(supervisors == offer.IsHeldForSupervisor, $"{offer.Id} is held for its supervisor against its trail: {Told(trail)}");
    }

    private void SupervisorKnows(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        if (offer.State != HouseholdState.Held || offer.UntoldSince is not null) return;
        // Of the hold that stands, and of none before it.
        var told = trail.Reverse().TakeWhile(recorded => recorded.Event is not HoldEnded)
            .FirstOrDefault(recorded => recorded.Event is HoldReviewDue or CallBackHeld { CausedBy: not null });
        if (told is null || told.At > now || now - told.At > Kept) return;
        // What was recorded by a clock that ran ahead was sent before its own time, once the clock was right again.
        var ranAhead = people.Sights.Contains(Kinds.RanAhead);
        Must(
            app.Azure.Graph.Inbox().Any(notice => (notice.SentAt >= told.At || ranAhead)
                && (notice.ActivityType == "supervisorNeeded" || notice.TemplateParameters.Values.Contains(offer.Reference))),
            $"{offer.Id} is held, and nobody who decides was told: {Told(trail)}; now {now:MM-dd HH:mm}, "
                + $"owed {string.Join(' ', offer.Outbox.Select(dispatch => dispatch.Id))}, {Noticed()}");
    }

    // When whoever decides was told of anything: ids and names stay away.
    private string Noticed() => string.Join(", ", app.Azure.Graph.Inbox()
        .Select(notice => $"{notice.ActivityType} at {notice.SentAt:MM-dd HH:mm}"));

    // Who did it, as it stands in the trail's rows.
    private async Task EachDeedIsWhoseItWasAsync(
        Household offer,
        IReadOnlyList<RecordedEvent> trail,
        Func<Guid, IReadOnlyList<RecordedEvent>?> others,
        CancellationToken cancellation)
    {
        var authors = new List<(string Role, string? Id)>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {offer.Id.ToString("D")} and RowKey ge {"event-"} and RowKey lt {"event."}");
        var tables = app.Services.GetRequiredService<VcasTables>();
        await foreach (var row in tables.Offers.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            authors.Add((row.GetString("By"), row.GetString("ById")));
        Must(authors.Count == trail.Count, $"{offer.Id}: {authors.Count} authors of {trail.Count} events");
        if (people.Recorded.ContainsKey(offer.Id))
        {
            var recorder = people.Colleagues.Contains(offer.Id) ? seen.Colleague : seen.Officer;
            Must(authors[0].Id == recorder, $"{offer.Id} was recorded by another than who was told so");
        }

        CallBackHeld? held = null;
        for (var i = 0; i < trail.Count; i++)
        {
            if (trail[i].Event is CallBackHeld { CausedBy: not null } now) held = now;
            if (trail[i].Event is AttemptRecorded { AttemptId: var attempt } && people.Attempts.ContainsKey(attempt))
                Must(authors[i].Id == seen.Officer, $"{offer.Id}: an attempt is another's");
            if (trail[i].Event is not HoldEnded ended || authors[i].Role != "system") continue;
            Must(ended.ForSupervisor, $"{offer.Id}: a hold ended, and nobody had ended it: {Told(trail)}");
            Must(
                held?.CausedBy is { } cause && others(cause)?.Any(recorded => TakesBack(recorded.Event)) != false,
                $"{offer.Id}: a hold for {held?.CausedBy} ended, and nobody took back what it was for: {Told(trail)}");
        }
    }
}
