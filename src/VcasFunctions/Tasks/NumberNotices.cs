using Microsoft.Extensions.Logging;
using Microsoft.Kiota.Abstractions;
using Vcas.Domain.Teams;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>
/// Tells the call-back teams of numbers that were passed on, at once and, what could not be told then, within the hour. A team is told by
/// one notice of all of them.
/// </summary>
public sealed class NumberNotices(
    PassedNumbers numbers, TeamsNotifier teams, VcasSettings settings, ILogger<NumberNotices> log)
{
    /// <summary>Tells of what nobody was told of yet. Where that fails the list of tasks shows it, and it is tried again.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        foreach (var team in (await numbers.UntoldAsync(cancellation)).ToLookup(task => task.CallBackTeam ?? ""))
        {
            var recipients = Recipients.OfCallBackTeam(team.Key, settings.Options);
            var notice = Notice.OfNumbers(
                [.. team.Select(task => task.Id)], never: team.Any(task => task.Kind == TaskKind.NeverPassedOn));
            try
            {
                var result = await teams.SendAsync(recipients, notice, cancellation);
                if (result.Outcome == SendOutcome.Later) continue;
                if (result.Outcome == SendOutcome.Nobody)
                    log.LogWarning("{Kind} has nobody to tell: the list of tasks alone shows it", notice.ActivityType);
                foreach (var task in team) await numbers.NoteToldAsync(task.Id, cancellation);
            }
            catch (Exception failure) when (failure is ApiException or HttpRequestException)
            {
                log.LogWarning("A call-back team could not be told of a number: {Failure}", failure.GetType().Name);
            }
        }
    }
}
