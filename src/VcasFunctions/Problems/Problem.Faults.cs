namespace VcasFunctions.Problems;

// Failures of our side.
public sealed partial record Problem
{
    /// <summary>Others change the same household at the same time, again and again.</summary>
    public static readonly Problem Busy = new()
    {
        Code = 9002,
        Status = 503,
        Title = "Busy",
        Detail = "Somebody else is changing this household. Send the request again.",
    };

    /// <summary>The authority's keys can't be fetched.</summary>
    public static readonly Problem NoKeys = new()
    {
        Code = 9003,
        Status = 503,
        Title = "Sign-in can't be checked",
        Detail = "The sign-in service can't be reached, so your token can't be checked. Send the request again in a minute.",
    };

    /// <summary>Our fault. The text says nothing of what went wrong: it might hold a person's data.</summary>
    public static readonly Problem Fault = new()
    {
        Code = 9001,
        Status = 500,
        Title = "Something failed",
        Detail = "The fault is ours, and we have recorded it. Nothing that was confirmed is lost. Send the request again.",
    };

    /// <summary>The bus can't be asked. What waits for it is kept, and goes out by itself.</summary>
    public static readonly Problem QueueAway = new()
    {
        Code = 9005,
        Status = 503,
        Title = "Queue out of reach",
        Detail = "The queue to VCAS can't be reached. Nothing is lost: what waits is sent when it is back. Try again later.",
    };

    /// <summary>A stored row that can't be read. Its place holds only ids.</summary>
    public static Problem DamagedRecord(string place) => new()
    {
        Code = 9004,
        Status = 500,
        Title = "Damaged record",
        Detail = $"A stored record can't be read: {place}. "
            + "Sending the request again does not help. Tell your force's IT this code and place.",
    };
}
