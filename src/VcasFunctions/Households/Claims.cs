using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>
/// Who is calling whom just now. A claim is in columns of the call list's row and nowhere else, and costs one conditional merge: of two
/// that race, the row's version lets one through. docs/decisions/0021-claims-and-late-outcomes.md says why.
/// </summary>
public sealed class Claims(
    HouseholdReader households,
    CallGuard guard,
    CallBackList list,
    SameNumberCalls sameNumber,
    IOptionsMonitor<SafetyOptions> safety,
    VcasSettings settings)
{
    // A change at the same moment is finished by then. If it never is, the fault is elsewhere.
    private const int Patience = 12;

    private TimeSpan Length => TimeSpan.FromMinutes(safety.CurrentValue.ClaimMinutes);

    /// <summary>Records that the person who asks is calling this household now.</summary>
    /// <param name="id">The household.</param>
    /// <param name="isSameNumberChecked">They know that the number was called lately under another household.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="durable">Wakes the household.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RuleBrokenException">No call is due, or somebody else is calling, under whatever household.</exception>
    public async Task<(Household Household, Claim Claim)> TakeAsync(
        Guid id, bool isSameNumberChecked, RequestAccess access, DurableTaskClient durable, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var household = await FindAsync(id, access, cancellation);
            // A claim shows the number, and nobody may see one that must never be called.
            var look = await guard.LookAsync(durable, household, cancellation);
            if (look.Barrier is not null) continue;
            var now = settings.Moment.Now;
            Rules.Keep(
                new OfferMustBeOpen(household.State), new CallMustNotBeHeld(household.KnownState), new CallBackMustBeDue(household, now));
            if (household.State == HouseholdState.Waiting)
            {
                // Its wake-up is a moment late, so it starts here in the way that the timer would start it.
                await guard.StartCallBackAsync(id, cancellation);
                await durable.WakeHouseholdAsync(household, await households.ReadAsync(id, cancellation), cancellation);
                continue;
            }

            var row = list.RowOf(household)!;
            if (await row.FindAsync(cancellation) is not { } stands) continue;
            var standing = ClaimColumns.Read(stands);
            var claim = Claim.Of(standing, access.Person.Id, now, Length);
            await sameNumber.MustBeFreeAsync(look.Others, access.Person.Id, now, cancellation);
            // Who goes on with their claim has said so before.
            sameNumber.MustBeChecked(look.Others, access, isSameNumberChecked || standing?.HoldsAt(now) == true, now);
            if (!await TryWriteAsync(row.Table, stands, claim, cancellation)) continue;
            await StepBackIfCalledAsync(look.Others, household, claim, access, cancellation);
            // An outcome that was stored between the reading and the claim ends the call that was claimed: its number isn't shown any more.
            if ((await households.ReadAsync(id, cancellation)).Revision == household.Revision) return (household, claim);
        }

        throw new ProblemException(Problem.Busy);
    }

    /// <summary>The person who asks isn't calling after all; a supervisor ends anybody's claim. True when one ended.</summary>
    /// <exception cref="RuleBrokenException">It is somebody else's.</exception>
    public async Task<(Household Household, bool Ended)> GiveBackAsync(Guid id, RequestAccess access, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var household = await FindAsync(id, access, cancellation);
            var now = settings.Moment.Now;
            if (household.State != HouseholdState.Due) return (household, false);
            if (await list.RowOf(household)!.FindAsync(cancellation) is not { } stands) continue;
            if (ClaimColumns.Read(stands) is not { } claim || !claim.HoldsAt(now)) return (household, false);
            if (!access.Person.Roles.Contains(Role.Supervisor)) Rules.Keep(new CallMustBeFree(claim, access.Person.Id, now));
            if (await TryWriteAsync(list.RowOf(household)!.Table, stands, claim with { Until = now }, cancellation)) return (
                household, true);
        }

        throw new ProblemException(Problem.Busy);
    }

    /// <summary>The claim that holds on a household's call; null if nobody is calling. Only a call that is due can be claimed.</summary>
    public async Task<Claim?> OfAsync(Household household, CancellationToken cancellation) =>
        household.State == HouseholdState.Due
        && await list.RowOf(household)!.FindAsync(cancellation) is { } stands
        && ClaimColumns.Read(stands) is { } claim
        && claim.HoldsAt(settings.Moment.Now)
            ? claim
            : null;

    /// <summary>Whether the last claim on a call that is due is this person's, whether or not it still holds.</summary>
    public async Task<bool> IsLastOfAsync(Guid id, string person, CancellationToken cancellation)
    {
        var household = await households.ReadAsync(id, cancellation);
        return household.State == HouseholdState.Due
            && await list.RowOf(household)!.FindAsync(cancellation) is { } stands
            && ClaimColumns.Read(stands) is { } claim
            && claim.IsOf(person);
    }

    // Two who open two households of one number at the same moment each write before they look again, so one of them sees the other, or
    // both do. Whoever sees it gives the call back: none is better than two. The others are read anew: one whose call was not due at the
    // first look may be due and claimed by now.
    private async Task StepBackIfCalledAsync(
        IReadOnlyList<Household> others, Household household, Claim claim, RequestAccess access, CancellationToken cancellation)
    {
        var today = await Task.WhenAll(others.Select(other => households.FindAsync(other.Id, cancellation)));
        try
        {
            await sameNumber.MustBeFreeAsync([.. today.OfType<Household>()], access.Person.Id, claim.Until - Length, cancellation);
        }
        catch (RuleBrokenException)
        {
            await GiveBackAsync(household.Id, access, cancellation);
            throw;
        }
    }

    private async Task<Household> FindAsync(Guid id, RequestAccess access, CancellationToken cancellation)
    {
        var household = await households.ReadAsync(id, cancellation);
        return access.Reaches(household) ? household : throw new ProblemException(Problem.NotFound("offer"));
    }

    private static async Task<bool> TryWriteAsync(TableClient table, TableEntity stands, Claim claim, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(
                ClaimColumns.Write(stands.PartitionKey, stands.RowKey, claim), stands.ETag, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException quicker) when (quicker.Status is 404 or 412)
        {
            return false;
        }
    }
}
