namespace VcasFunctions.Access;

/// <summary>Who may call one function.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Grants">The roles that may use it, first the one whose work it is.</param>
public sealed record AccessLine(string Function, IReadOnlyList<Grant> Grants)
{
    /// <summary>Whether it answers without sign-in.</summary>
    public bool IsOpen { get; init; }

    /// <summary>How far a role may go.</summary>
    public Reach ReachOf(Role role) => Grants.FirstOrDefault(grant => grant.Role == role)?.Reach ?? Access.Reach.None;
}
