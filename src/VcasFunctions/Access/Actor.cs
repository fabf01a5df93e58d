namespace VcasFunctions.Access;

/// <summary>Who caused a change: a role, and where known the directory id of the person. Never a name.</summary>
/// <param name="Role">officer, caller, supervisor, vcas, system.</param>
/// <param name="Id">The directory id from the token; null for the system, and where nobody is signed in.</param>
public sealed record Actor(string Role, string? Id = null)
{
    /// <summary>An officer at the door.</summary>
    public static readonly Actor Officer = new("officer");

    /// <summary>Somebody who calls back.</summary>
    public static readonly Actor Caller = new("caller");

    /// <summary>A supervisor.</summary>
    public static readonly Actor Supervisor = new("supervisor");

    /// <summary>VCAS's system.</summary>
    public static readonly Actor Vcas = new("vcas");

    /// <summary>This system: a timer, an orchestration, the sweep.</summary>
    public static readonly Actor System = new("system");
}
