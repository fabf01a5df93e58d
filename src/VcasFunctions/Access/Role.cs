namespace VcasFunctions.Access;

/// <summary>The app roles of the registration in Entra ID, by the names that stand in a token's <c>roles</c>.</summary>
public enum Role
{
    /// <summary>At the door: records offers, and works on those of the own team.</summary>
    Officer,

    /// <summary>Calls back the households of the own call-back team.</summary>
    Caller,

    /// <summary>Sees what is due, overdue, held or failed in the own teams, and reassigns.</summary>
    Supervisor,

    /// <summary>VCAS: what became of referrals, without persons.</summary>
    Vcas,

    /// <summary>The data protection officer and whoever audits: who did what, without persons.</summary>
    Auditor,

    /// <summary>Runs the service: imports, figures, nobody's case.</summary>
    Administrator,
}

/// <summary>How far a role may go in one function.</summary>
public enum Reach
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Households of the own teams.</summary>
    OwnTeams,

    /// <summary>Everything that the function deals with.</summary>
    Any,
}
