namespace VcasFunctions.Access;

/// <summary>Who a token speaks for, as far as it says.</summary>
/// <param name="Id">The directory's object id, of a person or of an application.</param>
/// <param name="Roles">The app roles.</param>
/// <param name="Groups">The directory's groups, by object id.</param>
/// <param name="Client">The application through which they come, by client id.</param>
public sealed record Person(string Id, IReadOnlySet<Role> Roles, IReadOnlySet<string> Groups, string Client)
{
    /// <summary>
    /// Whether the person is in more groups than the token carries: then it carries none, and nobody knows which teams are theirs.
    /// </summary>
    public bool HasTooManyGroups { get; init; }

    /// <summary>
    /// The name that the directory shows, where the token has it. It is for those of the person's team who assign calls, and for nothing
    /// that is recorded.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Says nothing of who it is, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(Person);
}
