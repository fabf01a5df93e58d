namespace VcasFunctions.People;

/// <summary>From where somebody is known.</summary>
public enum PersonSource
{
    /// <summary>The force's directory.</summary>
    Directory,

    /// <summary>They have signed in to this service.</summary>
    SignedIn,
}

/// <summary>Somebody to whom calls can be assigned, or whose name stands beside one.</summary>
/// <param name="Id">The directory's object id: send it to assign a call.</param>
/// <param name="Name">Their name.</param>
/// <param name="Source">From where they are known.</param>
/// <param name="CallBackTeams">
/// Those of the asker's call-back teams in which they call now. Empty for a supervisor or deputy who does not call, and for somebody who
/// has left the team.
/// </param>
/// <param name="Supervises">Whether they are set as supervisor or deputy of one of the asker's teams.</param>
/// <param name="Away">Whether they are recorded as away today.</param>
public sealed record PersonView(
    string Id, string Name, PersonSource Source, IReadOnlyList<string> CallBackTeams, bool Supervises, bool Away)
{
    /// <summary>Says nothing of who it is, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(PersonView);
}

/// <summary>The people of the asker's teams.</summary>
/// <param name="People">By name.</param>
/// <param name="DirectoryFailed">
/// Whether the directory should have been read and could not be: then only those are known who signed in.
/// </param>
public sealed record PeoplePage(IReadOnlyList<PersonView> People, bool DirectoryFailed);
