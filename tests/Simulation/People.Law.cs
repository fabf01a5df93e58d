using System.Net.Http.Json;

namespace Simulation;

/// <summary>What people say yes and no to, and what may have to be disclosed elsewhere and so is erased by nobody.</summary>
internal sealed partial class People
{
    private static readonly string[] DisclosureReasons = ["cpia", "mopi", "complaint", "accessRequest"];

    // Whether each is under a disclosure hold for certain. A request that was not confirmed may have been stored all the same.
    private readonly Dictionary<Guid, bool> disclosure = [];

    private readonly HashSet<Guid> consents = [];

    /// <summary>Who is under a disclosure hold for certain: nothing of them may be erased.</summary>
    public IEnumerable<Guid> HeldForDisclosure => disclosure.Where(pair => pair.Value).Select(pair => pair.Key);

    /// <summary>Of whom it was confirmed that they said yes or no to something.</summary>
    public IEnumerable<Guid> Consenting => consents.Where(Recorded.ContainsKey);

    // Drawn apart from all else, so that the other acts of a seed stay what they are. Three quarters were not asked, or nobody says.
    private object? ConsentOf(Guid id, string answer, DateTimeOffset at)
    {
        if (besides.Next(4) > 0) return null;
        consents.Add(id);
        (string[] Yes, string[] No) said = answer switch
        {
            "accepted" => (["beingReferred", "beingCalled"], []),
            "doNotContact" => ([], ["beingCalled", "beingReferred"]),
            _ => (["beingAskedAgain"], ["beingReferred"]),
        };
        return new { wordsVersion = "standard-1", yesTo = said.Yes, noTo = said.No, by = "themselves", at, how = "inPerson" };
    }

    // Placed, put off, released; and somebody asks for erasure meanwhile, of one that is held for certain alone: others would be erased.
    private async Task DiscloseAsync(HttpClient http, Guid id, DateTimeOffset now)
    {
        if (besides.Next(2) > 0) return;
        id = ended.Count > 0 && besides.Next(4) > 0 ? ended[besides.Next(ended.Count)] : id;
        var isHeld = disclosure.GetValueOrDefault(id);
        if (isHeld && besides.Next(3) == 0)
        {
            disclosure.Remove(id);
            await TryAsync(() => http.DeleteAsync(new Uri($"api/offers/{id}/disclosure-hold", UriKind.Relative)));
            return;
        }

        var hold = new
        {
            reason = DisclosureReasons[besides.Next(DisclosureReasons.Length)],
            reviewAt = now.AddHours(besides.Next(1, 400 / pace)),
        };
        if (await TryAsync(() => http.PutAsJsonAsync($"api/offers/{id}/disclosure-hold", hold))) disclosure[id] = true;
        if (!disclosure.GetValueOrDefault(id)) return;
        if (await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/erasure", new { reason = "dataSubjectRequest" })))
            ShownInSpite = $"{id} is under a disclosure hold, and was erased on request";
    }
}
