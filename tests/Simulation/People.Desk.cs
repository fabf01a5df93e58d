using System.Net.Http.Json;

namespace Simulation;

/// <summary>What people do beside the households: front desks pass numbers on, and supervisors go on leave.</summary>
internal sealed partial class People
{
    private static readonly string[] SaidAtDesk = ["wantsCall", "wantsNoContact", "other"];

    /// <summary>Numbers that were confirmed as passed on, and that nobody may have closed.</summary>
    public HashSet<Guid> PassedOn { get; } = [];

    private async Task MindTheDeskAsync(HttpClient http, DateTimeOffset now)
    {
        var team = random.Next(2) == 0 ? "online-child-abuse" : "cid-north";
        switch (random.Next(6))
        {
            case 0 or 1:
                var (id, said) = (NewId(), SaidAtDesk[random.Next(SaidAtDesk.Length)]);
                var number = new { phone = $"07700 900{100 + random.Next(Numbers)}", said };
                // Where nothing was confirmed it is sent again under the same id.
                if (await TryAsync(() => http.PutAsJsonAsync($"api/passed-numbers/{id}", number))
                    || await TryAsync(() => http.PutAsJsonAsync($"api/passed-numbers/{id}", number)))
                    PassedOn.Add(id);
                break;
            case 2:
                if (OneOf(PassedOn) is not { } open) break;
                // What was not confirmed may be closed all the same.
                PassedOn.Remove(open);
                if (await TryAsync(() => http.PostAsJsonAsync($"api/passed-numbers/{open}/outcome", new { outcome = "recorded" })))
                    Sights.Add(Kinds.NumberSeenTo);
                break;
            case 3 or 4:
                var from = DateOnly.FromDateTime(now.UtcDateTime);
                var absence = new { from, until = from.AddDays(random.Next(1, 9)) };
                if (await TryAsync(() => http.PutAsJsonAsync($"api/teams/{team}/absence", absence))) Sights.Add(Kinds.Absence);
                break;
            default:
                await TryAsync(() => http.DeleteAsync(new Uri($"api/teams/{team}/absence", UriKind.Relative)));
                break;
        }
    }
}
