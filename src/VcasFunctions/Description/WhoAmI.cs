using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.People;
using VcasFunctions.Sealing;

namespace VcasFunctions.Description;

/// <summary>Tells somebody who is signed in who they are here and what they may do, so that a page shows no more than that.</summary>
public sealed class WhoAmI(AccessTable table, Keyring keyring, SeenPeople seen)
{
    /// <summary><c>GET /api/me</c></summary>
    [Function(nameof(WhoAmI))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/me")] HttpRequest request, CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        await seen.NoteAsync(access.Person, access.Membership, cancellation);
        var roles = access.Person.Roles;
        return ApiResults.Json(new WhoAmIAnswer(
            access.Person.Id,
            Convert.ToBase64String(keyring.HashKeyFor($"what {access.Person.Id} keeps on a phone")),
            [.. roles.Order()],
            [.. access.Membership.Teams.Order(StringComparer.Ordinal)],
            access.Membership.IsInOtherTeams,
            [.. access.Membership.CallBackTeams.Order(StringComparer.Ordinal)],
            [.. table.Lines.Where(line => line.IsOpen || line.Grants.Any(grant => roles.Contains(grant.Role)))
                .Select(line => line.Function)]));
    }
}

/// <summary>The person who is signed in, and what they may do.</summary>
/// <param name="Id">The directory's object id.</param>
/// <param name="PhoneKey">
/// The secret under which the pages seal what this person keeps on a phone: given to nobody else, the same at every sign-in, and kept
/// by the pages no longer than the sign-in. A phone that was put away can't open what is on it.
/// </param>
/// <param name="Roles">The roles.</param>
/// <param name="Teams">The named teams that are the person's own.</param>
/// <param name="OtherTeams">Whether all teams without a name in the settings are the person's own.</param>
/// <param name="CallBackTeams">The call-back teams that are the person's own.</param>
/// <param name="Operations">What the person may ask for, by operation.</param>
public sealed record WhoAmIAnswer(
    string Id,
    string PhoneKey,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Teams,
    bool OtherTeams,
    IReadOnlyList<string> CallBackTeams,
    IReadOnlyList<string> Operations);
