using System.Net.Http.Json;

namespace Simulation;

/// <summary>People whose finger slips, and who take an outcome back at once.</summary>
internal sealed partial class People
{
    /// <summary>Attempts of which it was confirmed that they are undone.</summary>
    public Dictionary<Guid, Guid> Undone { get; } = [];

    // What asks for silence is not undone.
    private bool Slips(string outcome) => outcome != "doNotContact" && besides.Next(5) == 0;

    // Nobody knows whether it was undone where no answer came: nothing is expected of such an attempt any more.
    private async Task UndoAsync(HttpClient http, Guid id, Guid attemptId)
    {
        var path = $"api/call-backs/{id}/attempts/{attemptId}/undo";
        var isDone = await TryAsync(() => http.PostAsync(path, content: null)) || await TryAsync(() => http.PostAsync(path, content: null));
        if (isDone) Undone[attemptId] = id;
    }
}
