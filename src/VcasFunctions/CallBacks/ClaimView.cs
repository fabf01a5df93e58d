using Vcas.Domain.CallBacks;
using VcasFunctions.Access;

namespace VcasFunctions.CallBacks;

/// <summary>Somebody is calling this household just now.</summary>
public sealed record ClaimView
{
    /// <summary>Their directory id; for callers and supervisors alone.</summary>
    public string? By { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself, UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whether it is whoever asks.</summary>
    public required bool Mine { get; init; }

    /// <summary>What a visitor is told of a claim; nothing where there is none.</summary>
    public static ClaimView? Of(Claim? claim, Visit visit) => claim is null ? null : new ClaimView
    {
        By = visit.Person.Roles.Contains(Role.Caller) || visit.Person.Roles.Contains(Role.Supervisor) ? claim.By : null,
        Since = claim.Since,
        Until = claim.Until,
        Mine = claim.IsOf(visit.Person.Id),
    };
}
