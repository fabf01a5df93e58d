using Microsoft.Graph.Models;
using ToPersonBody = Microsoft.Graph.Users.Item.Teamwork.SendActivityNotification.SendActivityNotificationPostRequestBody;
using ToPeopleBody = Microsoft.Graph.Teamwork.SendActivityNotificationToRecipients.SendActivityNotificationToRecipientsPostRequestBody;

namespace VcasFunctions.Notifications;

/// <summary>
/// The bodies of <c>sendActivityNotification</c>, for a person, and <c>sendActivityNotificationToRecipients</c>, for a whole team.
/// </summary>
internal static class TeamsRequest
{
    /// <summary>The most people that one request can tell.</summary>
    public const int MostRecipients = 100;

    public static ToPersonBody ToPerson(Notice notice, NotificationOptions options) => new()
    {
        Topic = TopicOf(notice, options),
        ActivityType = notice.ActivityType,
        ChainId = notice.ChainId,
        PreviewText = new ItemBody { Content = notice.Preview },
        TemplateParameters = ParametersOf(notice),
    };

    public static ToPeopleBody ToPeople(IEnumerable<string> people, Notice notice, NotificationOptions options) => new()
    {
        Topic = TopicOf(notice, options),
        ActivityType = notice.ActivityType,
        ChainId = notice.ChainId,
        PreviewText = new ItemBody { Content = notice.Preview },
        TemplateParameters = ParametersOf(notice),
        Recipients = [.. people.Select(id => new AadUserNotificationRecipient { UserId = id })],
    };

    private static TeamworkActivityTopic TopicOf(Notice notice, NotificationOptions options) => new()
    {
        Source = TeamworkActivityTopicSource.Text,
        Value = notice.Topic,
        WebUrl = LinkTo(notice.OfferId, options),
    };

    /// <summary>
    /// The deep link that opens the tab "call-backs" of the Teams app (infra/teams/manifest.json), which gets the id and shows that
    /// call, or the list. Where a client can't show the tab it opens the console in a browser instead.
    /// </summary>
    private static string LinkTo(Guid? offerId, NotificationOptions options)
    {
        var tab = $"https://teams.microsoft.com/l/entity/{options.TeamsAppId}";
        var list = options.ConsoleUrl is { } console ? $"{console.AbsoluteUri.TrimEnd('/')}/call-backs" : null;
        return (offerId, list) switch
        {
            (null, null) => $"{tab}/call-backs",
            (null, _) => $"{tab}/call-backs?webUrl={Uri.EscapeDataString(list)}",
            ({ } id, null) => $"{tab}/call-backs?context={ContextOf(id)}",
            ({ } id, _) => $"{tab}/call-backs?context={ContextOf(id)}&webUrl={Uri.EscapeDataString($"{list}/{id:D}")}",
        };
    }

    private static string ContextOf(Guid offerId) => Uri.EscapeDataString($$"""{"subEntityId":"{{offerId:D}}"}""");

    private static List<Microsoft.Graph.Models.KeyValuePair> ParametersOf(Notice notice) =>
        [new() { Name = notice.Parameter.Name, Value = notice.Parameter.Value }];
}
