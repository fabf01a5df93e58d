using Vcas.Domain;

namespace VcasFunctions.Access;

/// <summary>Who caused a change: a role, and where known the directory id of the person. Never a name.</summary>
/// <param name="Role">officer, caller, supervisor, vcas, auditor, administrator, system.</param>
/// <param name="Id">The directory id from the token; null for the system, and for what comes by a queue.</param>
public sealed record Actor(string Role, string? Id = null)
{
    /// <summary>VCAS's system, by the queue.</summary>
    public static readonly Actor Vcas = new("vcas");

    /// <summary>This system: a timer, an orchestration, the sweep.</summary>
    public static readonly Actor System = new("system");

    private const string NoRole = "none";

    /// <summary>Every role that somebody or something can act in.</summary>
    public static readonly IReadOnlyList<string> Roles = [.. Enum.GetValues<Role>().Select(Word.Of), System.Role, NoRole];

    /// <summary>Somebody who is signed in.</summary>
    public static Actor Of(Role role, string id) => new(Word.Of(role), id);

    /// <summary>Somebody whom a function does not let in: in the first of the roles that they have.</summary>
    public static Actor Of(Person person) => new(person.Roles.Count > 0 ? Word.Of(person.Roles.Min()) : NoRole, person.Id);
}
