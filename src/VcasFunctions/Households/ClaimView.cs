using Vcas.Domain.CallBacks;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>Somebody is calling this household just now.</summary>
public sealed record ClaimView
{
    /// <summary>Their directory id; only callers and supervisors see it.</summary>
    public string? By { get; init; }

    /// <summary>Since when the person has been calling, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself, UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whether it is the person who asks.</summary>
    public required bool Mine { get; init; }

    /// <summary>What the person who asks is told of a claim; nothing if there is none.</summary>
    public static ClaimView? Of(Claim? claim, RequestAccess access) => claim is null ? null : new ClaimView
    {
        By = access.Person.Roles.Contains(Role.Caller) || access.Person.Roles.Contains(Role.Supervisor) ? claim.By : null,
        Since = claim.Since,
        Until = claim.Until,
        Mine = claim.IsOf(access.Person.Id),
    };
}
