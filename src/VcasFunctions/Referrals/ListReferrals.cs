using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Settings;

namespace VcasFunctions.Referrals;

/// <summary>What was sent to VCAS and what it answered.</summary>
public sealed class ListReferrals(ReferralList list, HouseholdStore store, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>GET /api/referrals?state=</c>; without a state, all of them.</summary>
    [Function(nameof(ListReferrals))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/referrals")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var states = query.Text("state") is null ? Enum.GetValues<ReferralState>() : [query.Word("state", ReferralState.Sent)];
        var lists = await Task.WhenAll(states.Select(state => list.ReadAsync(state, cancellation)));
        var access = RequestAccess.Of(request);
        var all = await Task.WhenAll(lists.SelectMany(rows => rows)
            .Select(row => row.Team.Length == 0 ? OwnedAsync(row, cancellation) : Task.FromResult(row)));
        var page = new ReferralPage([.. all
            .Where(row => access.Reaches(row.Team, settings.Teams.Find(row.Team)?.CallBackTeam, null))
            .OrderBy(row => row.MadeAt)]);
        await reads.RecordListAsync(
            access.Actor, AuditKind.Consultation, "referralsListed", new { states }, page.Referrals.Count, cancellation);
        return ApiResults.Json(page);
    }

    // A line that doesn't say whose it is would be shown to nobody: its household says it.
    private async Task<ReferralView> OwnedAsync(ReferralView row, CancellationToken cancellation) =>
        await store.TryFindAsync(row.ReferralId, cancellation) is { } household ? row with { Team = household.Details.Team } : row;
}

/// <summary>The referrals asked for.</summary>
/// <param name="Referrals">Oldest first.</param>
public sealed record ReferralPage(IReadOnlyList<ReferralView> Referrals);
