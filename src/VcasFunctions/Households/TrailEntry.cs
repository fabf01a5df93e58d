namespace VcasFunctions.Households;

/// <summary>One entry of the trail.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">UTC.</param>
/// <param name="By">The role that caused it.</param>
/// <param name="Event">Its name: <c>callBackHeld</c>.</param>
/// <param name="Data">Ids, instants and codes.</param>
public sealed record TrailEntry(int Number, DateTimeOffset At, string By, string Event, System.Text.Json.JsonElement Data)
{
    /// <summary>Whether it tells of what the supervisor alone knows of.</summary>
    internal bool IsForSupervisor => Event switch
    {
        "callBackHeld" or "holdReviewDue" => Data.TryGetProperty("causedBy", out _),
        "holdEnded" => Data.TryGetProperty("forSupervisor", out var alone) && alone.GetBoolean(),
        _ => false,
    };
}
