using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.CallBacks;

/// <summary>
/// A caller records what came of an attempt, or whoever answered what a household said that rang by itself. The same attempt id
/// again records it once.
/// </summary>
public sealed class RecordAttempt(
    HouseholdCommands commands,
    CallGuard guard,
    CallBarriers barriers,
    Likenesses likenesses,
    Claims claims,
    IOptionsMonitor<SafetyOptions> safety,
    VcasSettings settings)
{
    // The answer that shows the button takes its time, and so does the request that undoes: on a bad line both take seconds.
    private static readonly TimeSpan Line = TimeSpan.FromSeconds(10);

    /// <summary><c>POST /api/call-backs/{offerId}/attempts</c></summary>
    [Function(nameof(RecordAttempt))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/call-backs/{offerId}/attempts")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<AttemptRequest>(request, cancellation);
        var (attemptId, outcome) = (RequiredField.Value(sent.AttemptId, "attemptId"), RequiredField.Value(sent.Outcome, "outcome"));
        if (attemptId == Guid.Empty) throw new ProblemException(Problem.NotAnId("attemptId"));
        var (access, direction, by) = (RequestAccess.Of(request), sent.Direction ?? CallDirection.Outgoing, sent.By ?? AttemptWay.Phone);
        // Officers call nobody back. But they go to see a household, or write to it, and one may ring them.
        var isAnOfficers = direction == CallDirection.Incoming || by is AttemptWay.Visit or AttemptWay.Letter;
        if (!isAnOfficers && !access.HasAnyRole(Role.Caller, Role.Supervisor)) throw new ProblemException(Problem.RoleMissing);
        // Anyone who asks never to be called is heard whatever was said before, and so is anyone who rings; to a barred number no
        // other call is to be made.
        if (direction == CallDirection.Outgoing && outcome != CallOutcome.DoNotContact)
            await guard.HoldIfBarredAsync(durable, id, access, cancellation);
        var barrier = OfferReader.ReadNumbers(sent.Contact) is { Count: > 0 } given
            ? await barriers.DoNotCallAsync(given, id, cancellation)
            : null;
        var (consent, seconds) = (ConsentReader.Read(sent.Consent), safety.CurrentValue.UndoSeconds);
        Func<Household, Moment, Transition> record = (household, moment) =>
        {
            var attempt = new Attempt(
                attemptId, moment.Now, outcome, sent.SafetyChecked ?? false, sent.Reason, sent.CallAgainAt?.ToUniversalTime(), direction)
            {
                By = by,
            };
            var recorded = household.RecordAttempt(
                attempt, moment, OfferReader.Read(sent.Contact, household.Details.Contact), consent, UndoFor(access, seconds, moment));
            return barrier is null || !recorded.IsChange ? recorded : barrier.After(recorded, moment);
        };
        Household after;
        try
        {
            after = await commands.ApplyAsync(durable, id, access.Guard(record), access.Actor, cancellation);
        }
        catch (ProblemException refused) when (refused.Problem.Status == StatusCodes.Status404NotFound)
        {
            // If the call was given to another team meanwhile, the person who was calling still records the outcome.
            if (!await claims.IsLastOfAsync(id, access.Person.Id, cancellation)) throw;
            after = await commands.ApplyAsync(durable, id, record, access.Actor, cancellation);
        }

        var isLate = after.Attempts.Any(attempt => attempt.AttemptId == attemptId && attempt.Late);
        var isForVcas = after is { State: HouseholdState.Referred, AwaitsRoute: false }
            && (direction == CallDirection.Incoming || by != AttemptWay.Phone)
            && outcome is CallOutcome.UnsafeToCall or CallOutcome.WrongNumber or CallOutcome.CallLater;
        var redacted = access.Redact(after, settings.Moment.Now);
        // The same phone may be called for another household as well, which this outcome does not reach.
        IReadOnlyList<string> numbers = by == AttemptWay.Phone && after.Details.NumberToCall is { } called ? [called] : [];
        var view = OfferView.Of(redacted) with
        {
            Alike = await likenesses.FindAsync(id, numbers, crimeReference: null, access, cancellation),
            UndoSeconds = SecondsLeft(after.Undoable, attemptId, access),
            Remark = isLate ? RemarkOn(redacted) : isForVcas ? ToTellVcas : null,
        };
        return ApiResults.Json(view.WithRouteRemark());
    }

    private static UndoTerms? UndoFor(RequestAccess access, int seconds, Moment moment) =>
        seconds == 0 ? null : new UndoTerms(access.Person.Id, moment.Now.AddSeconds(seconds) + Line);

    // The same request sent again is answered with what is left by then.
    private int? SecondsLeft(UndoableAttempt? undoable, Guid attemptId, RequestAccess access)
    {
        if (undoable?.IsOverAt(settings.Moment.Now) != false) return null;
        if (undoable.AttemptId != attemptId || undoable.By != access.Person.Id) return null;
        var left = (int)Math.Ceiling((undoable.Until - Line - settings.Moment.Now).TotalSeconds);
        return left > 0 ? left : null;
    }

    private const string ToTellVcas =
        "VCAS calls this household now, and has not been told by this. Its supervisor is asked to look. Where it can't wait, phone VCAS.";

    private static string RemarkOn(Household household) =>
        "Kept as a late outcome: when it came, no call to this household was due, for another outcome or a change had come before it. "
        + "Nothing is lost. "
        + $"The household is now {Word.Of(household.State)}{(household.Closing is { } closing ? $" ({Word.Of(closing.Reason)})" : "")}.";
}

/// <summary>An attempt, or a contact that the household made by itself.</summary>
public sealed record AttemptRequest
{
    /// <summary>Made new for each call by the caller's device.</summary>
    public Guid? AttemptId { get; init; }

    /// <summary>The outcome of the call.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>incoming where the household got in touch by itself, which is taken at any time; outgoing if it is left out.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>How it was made; phone if it is left out. Officers record visits and letters.</summary>
    public AttemptWay? By { get; init; }

    /// <summary>Confirmed before the call that it was still safe; not needed of an incoming contact.</summary>
    public bool? SafetyChecked { get; init; }

    /// <summary>Why it was not; compulsory with unsafeToCall.</summary>
    public HoldReason? Reason { get; init; }

    /// <summary>When to call again; needed with callLater. With unsafeToCall and wrongNumber: when to review it.</summary>
    public DateTimeOffset? CallAgainAt { get; init; }

    /// <summary>The safe route that the household gave, if it gave one: it takes the place of the one that is known.</summary>
    public ContactRequest? Contact { get; init; }

    /// <summary>What they said yes or no to, where they were asked.</summary>
    public ConsentRequest? Consent { get; init; }
}
