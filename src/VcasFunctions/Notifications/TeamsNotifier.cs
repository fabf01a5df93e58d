using Microsoft.Graph;
using Microsoft.Graph.Models;
using Vcas.Domain.Offers;
using VcasFunctions.Settings;

namespace VcasFunctions.Notifications;

/// <summary>Notifications in Microsoft Teams, to a person or to everybody of a team, through Graph.</summary>
public sealed class TeamsNotifier(GraphServiceClient graph, VcasSettings settings)
{
    /// <summary>Sends it; false where nobody is configured to be told, or notifications are off.</summary>
    public async Task<bool> TellAsync(Offer offer, Dispatch dispatch, CancellationToken cancellation)
    {
        if (!settings.Options.Notifications.Enabled) return true;
        var notice = Notice.Of(offer, dispatch);
        var person = notice.ToSupervisor ? offer.Supervisor : offer.Assignee.Person;
        if (person is not null)
        {
            await graph.Users[person].Teamwork.SendActivityNotification.PostAsync(ToPerson(offer, notice), cancellationToken: cancellation);
            return true;
        }

        if (settings.Options.CallBackTeams.GetValueOrDefault(offer.Assignee.Team)?.TeamId is not { Length: > 0 } team) return false;
        await graph.Teams[team].SendActivityNotification.PostAsync(ToTeam(team, offer, notice), cancellationToken: cancellation);
        return true;
    }

    private Microsoft.Graph.Users.Item.Teamwork.SendActivityNotification.SendActivityNotificationPostRequestBody ToPerson(Offer offer, Notice notice) => new()
    {
        Topic = TopicOf(offer, notice),
        ActivityType = notice.ActivityType,
        ChainId = notice.ChainId,
        PreviewText = new ItemBody { Content = notice.Preview },
        TemplateParameters = ParametersOf(notice),
    };

    private Microsoft.Graph.Teams.Item.SendActivityNotification.SendActivityNotificationPostRequestBody ToTeam(string team, Offer offer, Notice notice) => new()
    {
        Topic = TopicOf(offer, notice),
        ActivityType = notice.ActivityType,
        ChainId = notice.ChainId,
        PreviewText = new ItemBody { Content = notice.Preview },
        TemplateParameters = ParametersOf(notice),
        Recipient = new TeamMembersNotificationRecipient { TeamId = team },
    };

    private TeamworkActivityTopic TopicOf(Offer offer, Notice notice) => new()
    {
        Source = TeamworkActivityTopicSource.Text,
        Value = $"Call-back {notice.Reference}",
        WebUrl = LinkTo(offer.Id),
    };

    // Opens the tab "call-backs" of the Teams app (infra/teams/manifest.json), which gets the id and shows that call.
    private string LinkTo(Guid offerId) =>
        $"https://teams.microsoft.com/l/entity/{settings.Options.Notifications.TeamsAppId}/call-backs?context={Uri.EscapeDataString($$"""{"subEntityId":"{{offerId:D}}"}""")}";

    private static List<Microsoft.Graph.Models.KeyValuePair> ParametersOf(Notice notice) => [new() { Name = "reference", Value = notice.Reference }];
}
