using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;
using VcasFunctions.Tables;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Households;

/// <summary>
/// Applies commands to offers: read, decide, store, list, wake. The order is what makes a crash harmless: an offer stands in
/// some list before it is stored and until everything that follows from a change is done, so the sweep, which reads the
/// lists, finds whatever was left half-way.
/// </summary>
public sealed partial class Casework(
    OfferStore store,
    CallBackList callBacks,
    ReferralList referrals,
    DangerList dangers,
    Register register,
    TouchedDays days,
    ReadLog reads,
    HouseholdIndex index,
    DoNotCallRegister neverCalled,
    CallBarriers barriers,
    VcasSettings settings,
    ILogger<Casework> log)
{
    /// <summary>
    /// How long a recording may take before its rows can no longer be relied on: the sweep takes rows for remnants that have stood
    /// for twice as long without an offer.
    /// </summary>
    public static readonly TimeSpan LongestRecording = TimeSpan.FromMinutes(30);

    // Instances of the app may meet at one household; losing so often to them is a fault elsewhere.
    private const int Patience = 12;

    private readonly Turns turns = new();

    /// <summary>The offer, or the problem that there is none.</summary>
    public async Task<Offer> ReadAsync(Guid id, CancellationToken cancellation) => (await FindAsync(id, cancellation)).Offer;

    /// <summary>Applies a command that came from outside, and lets the household's orchestration know.</summary>
    /// <exception cref="Vcas.Domain.RuleBrokenException">A rule refuses it.</exception>
    public async Task<Offer> ApplyAsync(
        DurableTaskClient time, Guid id, Func<Offer, Moment, Transition> command, Actor actor, CancellationToken cancellation)
    {
        var (before, after) = await ChangeAsync(time, id, command, actor, cancellation);
        if (after.Revision != before.Revision) await time.WakeHouseholdAsync(before, after, cancellation);
        else await ShownAsync(id, actor, cancellation);
        return after;
    }

    /// <summary>
    /// The same on behalf of somebody signed in, who finds nothing where the household is not theirs, and gets to know of it what is
    /// theirs to know.
    /// </summary>
    public async Task<Offer> ApplyAsync(
        DurableTaskClient time, Guid id, Func<Offer, Moment, Transition> command, Visit visit, CancellationToken cancellation) =>
        visit.Known(await ApplyAsync(time, id, visit.Guard(command), visit.Actor, cancellation), settings.Moment.Now);

    /// <summary>Applies what time asks for, on the orchestration's behalf, and answers what it has to wait for next.</summary>
    public async Task<Plan> AdvanceAsync(Guid id, Func<Offer, Moment, Transition> command, CancellationToken cancellation)
    {
        var (_, after) = await ChangeAsync(time: null, id, command, Actor.System, cancellation);
        return Plan.For(after);
    }

    /// <summary>Notes that something has left the house which is no event in the household's course.</summary>
    public Task NoteAsync(Guid id, Func<Offer, Offer> note, CancellationToken cancellation) =>
        ChangeAsync(time: null, id, (offer, _) => new Transition(note(offer), []), Actor.System, cancellation);

    /// <summary>Draws the lists and the register up anew from the offer, and takes away suspects that don't fit.</summary>
    /// <param name="time">Wakes households.</param>
    /// <param name="stored">The offer, read after the suspects were.</param>
    /// <param name="rows">Its <see cref="RowsOf"/>.</param>
    /// <param name="suspects">Rows of this offer, under the versions in which they were seen.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task RelistAsync(
        DurableTaskClient time,
        StoredOffer stored,
        IReadOnlyList<ListRow> rows,
        IReadOnlyList<ListRow> suspects,
        CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(stored.Offer.Id, cancellation);
        // A sweep finds nearly all as it should be: then it writes nothing.
        var missing = rows.Where(row => !suspects.Any(known => known.Place == row.Place && known.ReadAs == row.Print()));
        await PutAsync([.. missing], cancellation);
        await RegisterIfNeededAsync(stored.Offer, cancellation);
        // Whoever closed it stands in the trail; the register says that the sweep had to bring it in.
        if (!await FollowUpAsync(time, null, stored.Offer, Actor.System, cancellation))
            throw new InvalidOperationException("Other households of the number could not be held.");
        // A change that left a mark behind may have left a row behind as well, in a place at which the sweep doesn't look.
        if (suspects.Any(row => row.IsMark)) await referrals.RemoveOthersAsync(stored.Offer, cancellation);
        await TakeBackAsync(stored, rows, suspects, cancellation);
    }

    /// <summary>Seals an offer and its rows in lists under the key that is active now; nothing else changes.</summary>
    public async Task ResealAsync(Guid id, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(id, cancellation);
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var stored = await FindAsync(id, cancellation);
            if (!await store.TryUpdateAsync(stored, new Transition(stored.Offer, []), Actor.System, settings.Moment.Now, cancellation))
                continue;
            // Only where they stand: a row that somebody is taking away must not come back.
            foreach (var row in RowsOf(stored.Offer)) await row.RefreshAsync(cancellation);
            return;
        }

        throw new ProblemException(Problem.Busy);
    }

    /// <summary>The rows in which an offer stands.</summary>
    public IReadOnlyList<ListRow> RowsOf(Offer offer) =>
        [.. new[] { callBacks.RowOf(offer), referrals.RowOf(offer), dangers.RowOf(offer) }.OfType<ListRow>()];

    private async Task<(Offer Before, Offer After)> ChangeAsync(
        DurableTaskClient? time, Guid id, Func<Offer, Moment, Transition> command, Actor actor, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(id, cancellation);
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var stored = await FindAsync(id, cancellation);
            using var span = HouseholdTrace.Continue("change a household", stored.Offer);
            var moment = settings.Moment;
            var change = command(stored.Offer, moment);
            if (ReferenceEquals(change.Offer, stored.Offer))
            {
                await FollowUpAgainAsync(time, stored.Offer, actor, cancellation);
                return (stored.Offer, stored.Offer);
            }

            var (before, after) = (RowsOf(stored.Offer), RowsOf(change.Offer));
            var appearing = Without(after, before);
            // Where nobody will look at the household again, a mark says that something is still to be done.
            var mark = before.Concat(after).Any(row => row.IsSwept) ? null : callBacks.MarkOf(id, change.Offer.Revision);
            if (mark is not null) await mark.PutAsync(cancellation);
            var noted = change.IsChange ? days.NoteAsync(id, moment.Now, cancellation) : Task.CompletedTask;
            var isIndexed = HouseholdIndex.AreSame(stored.Offer, change.Offer);
            var indexed = isIndexed ? Task.CompletedTask : index.PutAsync(change.Offer, cancellation);
            appearing = await PutAsync(await WithInheritanceAsync(appearing, before, cancellation), cancellation);
            await Task.WhenAll(noted, indexed, NoteHeldAsync(stored.Offer, change.Offer, cancellation));
            if (!await store.TryUpdateAsync(stored, change, actor, moment.Now, cancellation))
            {
                // Whoever was quicker has listed the offer; what was listed here for a change that never came is wrong.
                await TakeBackAsync(await FindAsync(id, cancellation), appearing, cancellation);
                continue;
            }

            span.Tell(change.Offer, change.Events);
            Figures.Count(change, moment.Now);
            var isDone = await FinishAsync(time, stored.Offer, change.Offer, actor, before, after, cancellation);
            if (isDone && mark is not null) await mark.RemoveUpToAsync(change.Offer.Revision, cancellation);
            return (stored.Offer, change.Offer);
        }

        throw new ProblemException(Problem.Busy);
    }

    // A change stands in the trail with whoever made it, and is answered with the household. Where nothing changed, somebody still sees it.
    private Task ShownAsync(Guid id, Actor actor, CancellationToken cancellation) =>
        actor.Id is null ? Task.CompletedTask : reads.OfferAsync(id, actor, "offerAnswered", "repeatedRequest", cancellation);

    // False where something is left to do: then an old row or a mark stays, and the sweep looks at this offer.
    private async Task<bool> FinishAsync(
        DurableTaskClient? time,
        Offer before,
        Offer after,
        Actor actor,
        IReadOnlyList<ListRow> rowsBefore,
        IReadOnlyList<ListRow> rowsAfter,
        CancellationToken cancellation)
    {
        var staying = rowsAfter.Where(row => rowsBefore.Any(known => known.Place == row.Place));
        // Whether somebody could be told is no event, and stands in the lists all the same.
        var areListsOld = after.Revision != before.Revision || after.UntoldSince != before.UntoldSince;
        // From here on no sweep looks at it any more: what a change before this one has left undone is done now, or never.
        var isLast = !rowsAfter.Any(row => row.IsSwept);
        var followUp = FollowUpAsync(time, isLast && Asks(after) ? null : before, after, actor, cancellation);
        await Task.WhenAll(
            areListsOld ? Task.WhenAll(staying.Select(row => row.RefreshAsync(cancellation))) : Task.CompletedTask,
            followUp,
            index.RemoveAsync(before, after, cancellation),
            HouseholdRecord.Of(after) != HouseholdRecord.Of(before) ? RegisterAsync(after, cancellation)
                : isLast ? RegisterIfNeededAsync(after, cancellation) : Task.CompletedTask);
        if (!await followUp) return false;
        // Last: as long as an old row stands, the sweep looks at this offer.
        await Task.WhenAll(
            Without(rowsBefore, rowsAfter).Select(row => row.RemoveUpToAsync(after.Revision, cancellation, HeirOf(row, rowsAfter))));
        return true;
    }

    /// <summary>
    /// Takes rows away that don't fit the offer. Somebody may be about to store a change for which one of them stands there
    /// already. So the offer is touched before: that change is then refused and begins again, and lists anew what it needs.
    /// </summary>
    private Task TakeBackAsync(StoredOffer stored, IReadOnlyList<ListRow> suspects, CancellationToken cancellation) =>
        TakeBackAsync(stored, RowsOf(stored.Offer), suspects, cancellation);

    private async Task TakeBackAsync(
        StoredOffer stored, IReadOnlyList<ListRow> rows, IReadOnlyList<ListRow> suspects, CancellationToken cancellation)
    {
        var wrong = Without(suspects, rows);
        if (wrong.Count == 0) return;
        if (!await store.TryTouchAsync(stored, cancellation))
        {
            // Somebody else gave it a new version since it was read here, which does as well. Where he has also changed it, his mark may
            // stand for what he has still to do.
            var newest = (await FindAsync(stored.Offer.Id, cancellation)).Offer;
            wrong = Without([.. suspects.Where(row => !row.IsMark || newest.Revision == stored.Offer.Revision)], RowsOf(newest));
        }

        await Task.WhenAll(wrong.Select(row => row.RemoveKnownAsync(cancellation)));
    }

    private async Task RegisterIfNeededAsync(Offer offer, CancellationToken cancellation)
    {
        var figures = HouseholdRecord.Of(offer);
        if (await register.FindAsync(figures, cancellation) != figures) await RegisterAsync(offer, cancellation);
    }

    // Whoever comes second to the register may have been first at the offer: the last word is the offer's.
    private async Task RegisterAsync(Offer offer, CancellationToken cancellation)
    {
        while (true)
        {
            await register.PutAsync(HouseholdRecord.Of(offer), cancellation);
            var newest = (await FindAsync(offer.Id, cancellation)).Offer;
            if (newest.Revision == offer.Revision) return;
            offer = newest;
        }
    }

    private async Task<StoredOffer> FindAsync(Guid id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) ?? throw new ProblemException(Problem.NotFound("offer"));

    private static IReadOnlyList<ListRow> Without(IReadOnlyList<ListRow> rows, IReadOnlyList<ListRow> others) =>
        [.. rows.Where(row => others.All(other => other.Place != row.Place))];

    private static Task<ListRow[]> PutAsync(IReadOnlyList<ListRow> rows, CancellationToken cancellation) =>
        Task.WhenAll(rows.Select(row => row.PutAsync(cancellation)));
}
