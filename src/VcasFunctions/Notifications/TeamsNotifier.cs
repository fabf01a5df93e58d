using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Notifications;

/// <summary>
/// Notifications in Microsoft Teams through Graph: to a person; where he can't be reached, to everybody of the team, one by one as
/// the directory's group has them, because the app is installed for people and not in a team. What can't be sent now is not waited for
/// here: it is said when to come again.
/// </summary>
public sealed class TeamsNotifier(
    GraphServiceClient graph, GroupMembers members, TeamsPace pace, VcasSettings settings, TimeProvider time, ILogger<TeamsNotifier> log)
{
    // Where Teams refuses and doesn't say for how long.
    private static readonly TimeSpan UsualRest = TimeSpan.FromSeconds(30);

    /// <summary>Tells the first person or team that can be reached.</summary>
    /// <exception cref="ApiException">Graph has failed.</exception>
    /// <exception cref="HttpRequestException">Graph can't be reached.</exception>
    public async Task<Telling> TellAsync(Channels channels, Notice notice, CancellationToken cancellation)
    {
        if (!settings.Options.Notifications.Enabled) return Telling.Done;
        foreach (var addressee in channels.InOrder)
        {
            // Nor is the directory asked while Graph has said to wait.
            if (pace.Rest is { } rest) return Telling.Later(rest);
            try
            {
                if (addressee.IsTeam)
                {
                    var people = await members.OfAsync(addressee.Id, cancellation);
                    if (people.Count == 0)
                    {
                        log.LogWarning("A team can't be told in Teams: nobody is in its group");
                        continue;
                    }

                    var parts = people.Chunk(TeamsRequest.MostRecipients).ToList();
                    if (pace.Enter(addressee, parts.Count) is { } full) return Telling.Later(full);
                    // A part that has to be sent again replaces itself, by its chain.
                    foreach (var part in parts) await SendAsync(part, notice, cancellation);
                }
                else
                {
                    if (pace.Enter(addressee) is { } full) return Telling.Later(full);
                    await SendAsync(addressee.Id, notice, cancellation);
                }

                Note(addressee, notice, 204);
                return Telling.Done;
            }
            catch (ApiException refusal) when (refusal.ResponseStatusCode is 403 or 404)
            {
                Note(addressee, notice, refusal.ResponseStatusCode);
                // The Teams app isn't installed for them, or they have left: the next channel has to do. Of a team the group is refused.
                if (addressee.IsTeam)
                    log.LogWarning(
                        "A team can't be told in Teams ({Status}): its group can't be read, or the app may not notify",
                        refusal.ResponseStatusCode);
                else
                    log.LogWarning(
                        "A person can't be told in Teams ({Status}): the app is not installed there, or the id is wrong",
                        refusal.ResponseStatusCode);
            }
            catch (Exception failure) when (failure is ApiException { ResponseStatusCode: not 429 } or HttpRequestException)
            {
                Note(addressee, notice, (failure as ApiException)?.ResponseStatusCode ?? 0);
                throw;
            }
            catch (ApiException busy)
            {
                Note(addressee, notice, busy.ResponseStatusCode);
                var until = RetryAfter.Of(busy, time.GetUtcNow()) ?? time.GetUtcNow() + UsualRest;
                pace.RestUntil(until);
                return Telling.Later(until);
            }
        }

        return Telling.Nobody;
    }

    /// <summary>What Graph answered last, and when; null before the first notification of this process.</summary>
    public GraphAnswer? Last { get; private set; }

    private void Note(Addressee to, Notice notice, int status)
    {
        Last = new GraphAnswer(status, time.GetUtcNow());
        Figures.Notices.Add(1, new("type", notice.ActivityType), new("channel", to.IsTeam ? "team" : "person"), new("status", status));
    }

    private Task SendAsync(string person, Notice notice, CancellationToken cancellation) =>
        graph.Users[person].Teamwork.SendActivityNotification.PostAsync(
            TeamsRequest.ToPerson(notice, settings.Options.Notifications), cancellationToken: cancellation);

    private Task SendAsync(IEnumerable<string> people, Notice notice, CancellationToken cancellation) =>
        graph.Teamwork.SendActivityNotificationToRecipients.PostAsync(
            TeamsRequest.ToPeople(people, notice, settings.Options.Notifications), cancellationToken: cancellation);
}

/// <summary>An answer of Graph's: its status, 0 if none came, and when, UTC.</summary>
public sealed record GraphAnswer(int Status, DateTimeOffset At);

/// <summary>What came of telling somebody.</summary>
/// <param name="Outcome">Whether anybody was told.</param>
/// <param name="NotBefore">For <see cref="TellingOutcome.Later"/>: when to come again, UTC.</param>
public sealed record Telling(TellingOutcome Outcome, DateTimeOffset NotBefore = default)
{
    /// <summary>Somebody was told, or notifications are off.</summary>
    public static readonly Telling Done = new(TellingOutcome.Done);

    /// <summary>No channel reaches anybody.</summary>
    public static readonly Telling Nobody = new(TellingOutcome.Nobody);

    /// <summary>Teams takes nothing more before this instant, UTC.</summary>
    public static Telling Later(DateTimeOffset notBefore) => new(TellingOutcome.Later, notBefore);
}

/// <summary>Whether anybody was told.</summary>
public enum TellingOutcome
{
    /// <summary>Teams took it.</summary>
    Done,

    /// <summary>It could not be sent now; the sweep tries again.</summary>
    Later,

    /// <summary>No, and another try would change nothing.</summary>
    Nobody,
}
