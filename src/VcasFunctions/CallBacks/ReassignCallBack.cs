using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.CallBacks;

/// <summary>Another team, or one person, calls from now on.</summary>
public sealed class ReassignCallBack(HouseholdCommands commands, VcasSettings settings)
{
    /// <summary><c>PUT /api/call-backs/{offerId}/assignee</c></summary>
    [Function(nameof(ReassignCallBack))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/call-backs/{offerId}/assignee")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<AssigneeRequest>(request, cancellation);
        if (sent.Team is null && sent.Person is null)
            throw new ProblemException(
                Problem.InvalidFields([new FieldProblem("team", "Give a call-back team, a person's directory id, or both.")]));
        if (sent.Person is { } person && !DirectoryId.Is(person))
            throw new ProblemException(
                Problem.InvalidFields([new FieldProblem("person", "The directory's object id, a GUID. No name, no mail address.")]));
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            id,
            (household, _) =>
                household.Reassign(
                    new Assignee(sent.Team?.Trim().ToLowerInvariant() ?? household.Assignee.Team, sent.Person), settings.Teams),
            RequestAccess.Of(request),
            cancellation)));
    }
}

/// <summary>The team, and perhaps the person, that calls from now on.</summary>
public sealed record AssigneeRequest
{
    /// <summary>A call-back team; the present one if it is left out.</summary>
    public string? Team { get; init; }

    /// <summary>The directory's object id of a person, a GUID; the whole team if it is left out.</summary>
    public string? Person { get; init; }
}
