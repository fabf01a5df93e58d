using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Notifications;

/// <summary>
/// Notifications in Microsoft Teams through Graph: to a person; where he can't be reached, to everybody of the team, one by one as
/// the directory's group has them, because the app is installed for people and not in a team. What can't be sent now is not waited for
/// here: it is said when to come again.
/// </summary>
public sealed class TeamsNotifier(
    GraphServiceClient graph,
    GroupMembers members,
    TeamsRateLimit limit,
    IOptionsMonitor<NotificationOptions> options,
    TimeProvider time,
    ILogger<TeamsNotifier> log)
{
    // Where Teams refuses and doesn't say for how long.
    private static readonly TimeSpan UsualRest = TimeSpan.FromSeconds(30);

    /// <summary>Sends to the first person or team that can be reached.</summary>
    /// <exception cref="ApiException">Graph has failed.</exception>
    /// <exception cref="HttpRequestException">Graph can't be reached.</exception>
    public async Task<SendResult> SendAsync(Recipients recipients, Notice notice, CancellationToken cancellation)
    {
        if (!options.CurrentValue.Enabled) return SendResult.Done;
        foreach (var recipient in recipients.InOrder)
        {
            // Nor is the directory asked while Graph has said to wait.
            if (limit.Rest is { } rest) return SendResult.Later(rest);
            try
            {
                if (recipient.IsTeam)
                {
                    var people = await members.OfAsync(recipient.Id, cancellation);
                    if (people.Count == 0)
                    {
                        log.LogWarning("A team can't be told in Teams: nobody is in its group");
                        continue;
                    }

                    var parts = people.Chunk(TeamsRequest.MostRecipients).ToList();
                    if (limit.Reserve(recipient, parts.Count) is { } full) return SendResult.Later(full);
                    // A part that has to be sent again replaces itself, by its chain.
                    foreach (var part in parts) await SendAsync(part, notice, cancellation);
                }
                else
                {
                    if (limit.Reserve(recipient) is { } full) return SendResult.Later(full);
                    await SendAsync(recipient.Id, notice, cancellation);
                }

                Note(recipient, notice, 204);
                return SendResult.Done;
            }
            catch (ApiException refusal) when (refusal.ResponseStatusCode is 403 or 404)
            {
                Note(recipient, notice, refusal.ResponseStatusCode);
                // The Teams app isn't installed for them, or they have left: the next channel has to do. Of a team the group is refused.
                if (recipient.IsTeam)
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
                Note(recipient, notice, (failure as ApiException)?.ResponseStatusCode ?? 0);
                throw;
            }
            catch (ApiException busy)
            {
                Note(recipient, notice, busy.ResponseStatusCode);
                var until = RetryAfter.Of(busy, time.GetUtcNow()) ?? time.GetUtcNow() + UsualRest;
                limit.RestUntil(until);
                return SendResult.Later(until);
            }
        }

        return SendResult.Nobody;
    }

    /// <summary>What Graph answered last, and when; null before the first notification of this process.</summary>
    public GraphAnswer? Last { get; private set; }

    private void Note(Recipient to, Notice notice, int status)
    {
        Last = new GraphAnswer(status, time.GetUtcNow());
        Metrics.Notices.Add(1, new("type", notice.ActivityType), new("channel", to.IsTeam ? "team" : "person"), new("status", status));
    }

    private Task SendAsync(string person, Notice notice, CancellationToken cancellation) =>
        graph.Users[person].Teamwork.SendActivityNotification.PostAsync(
            TeamsRequest.ToPerson(notice, options.CurrentValue), cancellationToken: cancellation);

    private Task SendAsync(IEnumerable<string> people, Notice notice, CancellationToken cancellation) =>
        graph.Teamwork.SendActivityNotificationToRecipients.PostAsync(
            TeamsRequest.ToPeople(people, notice, options.CurrentValue), cancellationToken: cancellation);
}

/// <summary>An answer of Graph's: its status, 0 if none came, and when, UTC.</summary>
public sealed record GraphAnswer(int Status, DateTimeOffset At);

/// <summary>What came of sending a notification.</summary>
/// <param name="Outcome">Whether anybody was told.</param>
/// <param name="NotBefore">For <see cref="SendOutcome.Later"/>: when to come again, UTC.</param>
public sealed record SendResult(SendOutcome Outcome, DateTimeOffset NotBefore = default)
{
    /// <summary>Somebody was told, or notifications are off.</summary>
    public static readonly SendResult Done = new(SendOutcome.Done);

    /// <summary>No channel reaches anybody.</summary>
    public static readonly SendResult Nobody = new(SendOutcome.Nobody);

    /// <summary>Teams takes nothing more before this instant, UTC.</summary>
    public static SendResult Later(DateTimeOffset notBefore) => new(SendOutcome.Later, notBefore);
}

/// <summary>Whether anybody was told.</summary>
public enum SendOutcome
{
    /// <summary>Teams took it.</summary>
    Done,

    /// <summary>It could not be sent now; the sweep tries again.</summary>
    Later,

    /// <summary>No, and another try would change nothing.</summary>
    Nobody,
}
