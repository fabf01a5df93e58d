namespace VcasFunctions.People;

/// <summary>Somebody as the directory shows them. Personal data: it is held in memory and nowhere else.</summary>
/// <param name="Id">The directory's object id.</param>
/// <param name="Name">The name that the directory shows.</param>
public sealed record DirectoryPerson(string Id, string Name)
{
    /// <summary>Says nothing of who it is, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(DirectoryPerson);
}
