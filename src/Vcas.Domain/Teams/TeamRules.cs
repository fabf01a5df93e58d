namespace Vcas.Domain.Teams;

/// <summary>5001: the team takes part in the scheme.</summary>
public sealed record TeamMustTakePart(Team? Team) : IRule
{
    public int Code => 5001;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Team is not null;
    public string Message =>
        "This team does not take part in the scheme. Check its name, or ask your administrator to add it under Vcas:Teams.";
}

/// <summary>5002: households are given only to teams that call back.</summary>
public sealed record CallBackTeamMustBeKnown(string Team, TeamDirectory Directory) : IRule
{
    public int Code => 5002;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Directory.IsCallBackTeam(Team);
    public string Message => "There is no call-back team with this name. Give one that Vcas:Teams names as a call-back team.";
}
