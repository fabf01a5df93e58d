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

/// <summary>5011: whoever is away has somebody who stands in.</summary>
public sealed record AbsenceMustHaveDeputy(string Team, string? Deputy) : IRule
{
    public int Code => 5011;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => !string.IsNullOrWhiteSpace(Deputy);
    public string Message =>
        "This team has no deputy, so nobody would be told while its supervisor is away. "
        + "Give it one: ask your administrator to set Deputy beside the team's Supervisor, under Vcas:Teams or Vcas:OtherTeams.";
}

/// <summary>5012: an absence ends after it begins, and after today.</summary>
public sealed record AbsenceMustEndLater(DateOnly From, DateOnly Until, DateOnly Today) : IRule
{
    public int Code => 5012;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Until >= From && Until >= Today;
    public string Message => "until must not lie before from, and not before today. Check both dates.";
}

/// <summary>5013: an absence doesn't last for ever.</summary>
public sealed record AbsenceMustBeShort(DateOnly From, DateOnly Until) : IRule
{
    public int Code => 5013;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Until.DayNumber - From.DayNumber < Absence.LongestDays;
    public string Message =>
        $"An absence must not last longer than {Absence.LongestDays} days. "
        + "If somebody is away for longer, have the team's Supervisor changed.";
}
