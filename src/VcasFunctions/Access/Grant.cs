namespace VcasFunctions.Access;

/// <summary>What one role may do.</summary>
public sealed record Grant(Role Role, Reach Reach);
