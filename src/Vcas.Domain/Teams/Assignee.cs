namespace Vcas.Domain.Teams;

/// <summary>Who calls: a team, or one person who owns the household.</summary>
/// <param name="Team">The call-back team's name.</param>
/// <param name="Person">The directory id of a consequential victim care officer or of another caller; null for the whole team.</param>
public sealed record Assignee(string Team, string? Person);
