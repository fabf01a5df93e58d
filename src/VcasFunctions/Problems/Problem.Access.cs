namespace VcasFunctions.Problems;

// Refusals for who sent it, for how often, and for not saying why.
public sealed partial record Problem
{
    /// <summary>No token, or one that is not to be believed. Which of its parts is wrong is not told.</summary>
    public static readonly Problem SignIn = new()
    {
        Code = 1012,
        Status = 401,
        Title = "Sign in",
        Detail = "Send a valid access token for this service as Authorization: Bearer. Tokens last about an hour: get a new one.",
    };

    /// <summary>Signed in, and not for this.</summary>
    public static readonly Problem RoleMissing = new()
    {
        Code = 1013,
        Status = 403,
        Title = "Role missing",
        Detail = "Your roles don't allow this. Ask your administrator for the role that does, then sign in again.",
    };

    /// <summary>An offer for a team that isn't the officer's.</summary>
    public static readonly Problem NotYourTeam = new()
    {
        Code = 1014,
        Status = 403,
        Title = "Not your team",
        Detail = "team must be one of your own teams. Leave it out to use yours, or ask your administrator to add you to the team's group.",
    };

    /// <summary>More than one caller may ask.</summary>
    public static readonly Problem TooManyRequests = new()
    {
        Code = 1017,
        Status = 429,
        Title = "Too many requests",
        Detail = "You have sent too many requests. Wait for the number of seconds in Retry-After, then send it again.",
    };

    /// <summary>Signed in through an application that isn't one of those named.</summary>
    public static readonly Problem ClientNotLetIn = new()
    {
        Code = 1018,
        Status = 403,
        Title = "Application not let in",
        Detail = "You signed in through an application that this service does not accept. "
            + "Use the force's own, or ask your administrator to add its client id to Vcas:Access:Clients.",
    };

    /// <summary>Signed in, and in more groups than the token carries.</summary>
    public static readonly Problem TooManyGroups = new()
    {
        Code = 1019,
        Status = 403,
        Title = "Too many groups",
        Detail = "You are in more groups than your sign-in can carry, so the service can't tell which teams are yours. "
            + "Ask your administrator to put only this service's own groups into its tokens.",
    };

    /// <summary>Nobody may open a household without a reason, which the audit records.</summary>
    public static readonly Problem ReasonNeeded = new()
    {
        Code = 1030,
        Status = 400,
        Title = "Reason needed",
        Detail = $"Say why you open this household: add reason to the address. {ExpectedValues.Of(typeof(Vcas.Domain.Audit.ReadReason))}",
    };
}
