namespace VcasFunctions.Access;

/// <summary>The app roles of the registration in Entra ID, by the names that are in a token's <c>roles</c>.</summary>
public enum Role
{
    /// <summary>An officer who attends: records offers, and works on those of their own team.</summary>
    Officer,

    /// <summary>Calls back the households of the own call-back team.</summary>
    Caller,

    /// <summary>Sees what is due, overdue, held or failed in the own teams, and reassigns.</summary>
    Supervisor,

    /// <summary>VCAS: sees what happened to referrals, and no person of a household.</summary>
    Vcas,

    /// <summary>The data protection officer or an auditor: sees who did what, and no person of a household.</summary>
    Auditor,

    /// <summary>Runs the service: imports and figures, and no household's case.</summary>
    Administrator,
}

/// <summary>How far a role may go in one function.</summary>
public enum Reach
{
    /// <summary>The role may not call the function.</summary>
    None,

    /// <summary>Households of the own teams.</summary>
    OwnTeams,

    /// <summary>Everything that the function deals with.</summary>
    Any,
}
