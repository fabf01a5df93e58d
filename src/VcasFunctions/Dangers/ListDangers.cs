using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Dangers;

/// <summary>
/// Households in danger of which nobody knows yet, of which nobody has said what was done, or nobody has asked since how they are.
/// Nobody's name or number is in it.
/// </summary>
public sealed class ListDangers(DangerList list, HouseholdStore store, ReadLog reads)
{
    /// <summary><c>GET /api/dangers</c></summary>
    [Function(nameof(ListDangers))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dangers")] HttpRequest request, CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var rows = await list.ReadAsync(cancellation);
        var owned = await Task.WhenAll(rows.Select(row => row.Team is null ? OwnedAsync(row, cancellation) : Task.FromResult(row)));
        IReadOnlyList<DangerView> theirs = [.. owned
            .Where(row => access.Reaches(row.Team ?? "", row.CallBackTeam, row.Person)).Select(row => row.View)];
        await reads.RecordListAsync(access.Actor, AuditKind.Consultation, "dangersListed", new { }, theirs.Count, cancellation);
        return ApiResults.Json(new DangerPage(theirs.Count(danger => danger.AcknowledgedAt is null), theirs));
    }

    // A line that doesn't say whose it is would be shown to nobody, and the danger goes on: its household says it.
    private async Task<DangerRow> OwnedAsync(DangerRow row, CancellationToken cancellation) =>
        await store.TryFindAsync(row.View.OfferId, cancellation) is { } household
            ? new DangerRow(
                household.Details.Team, household.Assignee.Team, household.Assignee.Person, row.View with { Team = household.Details.Team })
            : row;
}

/// <summary>The open dangers, oldest first.</summary>
/// <param name="Unacknowledged">How many of them nobody has acknowledged.</param>
/// <param name="Dangers">All of them.</param>
public sealed record DangerPage(int Unacknowledged, IReadOnlyList<DangerView> Dangers);
