using System.Text.Json;

namespace LocalAzure.Graph;

/// <summary>Reads the body of <c>sendActivityNotification</c>, and says what Graph would refuse about it.</summary>
internal static class ActivityBody
{
    public const int LongestPreview = 150;
    public const int LongestWebUrl = 1_024;

    /// <summary>The notification in a body; or else why it is refused.</summary>
    public static (GraphNotification? Notification, string? Refusal) Read(ReadOnlySpan<byte> body, string recipient, bool isTeam, DateTimeOffset now)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, recipient, isTeam, now)
                : (null, "The request body isn't a JSON object.");
        }
        catch (JsonException)
        {
            return (null, "Unable to read JSON request payload.");
        }
    }

    private static (GraphNotification? Notification, string? Refusal) Read(JsonElement body, string recipient, bool isTeam, DateTimeOffset now)
    {
        var topic = Property(body, "topic");
        var (source, value, webUrl) = (Text(topic, "source"), Text(topic, "value"), Text(topic, "webUrl"));
        var activityType = Text(body, "activityType");
        var preview = Text(Property(body, "previewText"), "content");
        var (parameters, refusal) = Parameters(body);
        refusal = RefuseTopic(source, value, webUrl)
            ?? (string.IsNullOrEmpty(activityType) ? "'activityType' is required." : null)
            ?? (string.IsNullOrEmpty(preview) ? "'previewText' with its 'content' is required." : null)
            ?? (preview?.Length > LongestPreview ? $"'previewText' is longer than {LongestPreview} characters." : null)
            ?? refusal
            ?? (activityType == "systemDefault" && !parameters.ContainsKey("systemDefaultText") ? "'systemDefault' needs the parameter 'systemDefaultText'." : null)
            ?? (isTeam ? RefuseRecipient(Property(body, "recipient")) : null);
        if (refusal is not null) return (null, refusal);

        long? chain = null;
        if (Property(body, "chainId") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt64(out var number)) return (null, "'chainId' isn't a 64-bit number.");
            chain = number;
        }

        return (new GraphNotification(recipient, isTeam, activityType!, preview!, value!, webUrl, parameters, chain, now), null);
    }

    private static string? RefuseTopic(string? source, string? value, string? webUrl)
    {
        if (source is null || string.IsNullOrEmpty(value)) return "'topic' with its 'source' and 'value' is required.";
        switch (source)
        {
            case "entityUrl":
                var known = value.StartsWith("https://graph.microsoft.com/v1.0/", StringComparison.OrdinalIgnoreCase)
                    || value.StartsWith("https://graph.microsoft.com/beta/", StringComparison.OrdinalIgnoreCase);
                return known ? null : "'topic.value' isn't an address of Microsoft Graph.";
            case "text":
                if (webUrl is null || webUrl.Length > LongestWebUrl) return $"A topic of text needs a 'webUrl' of at most {LongestWebUrl} characters.";
                return Uri.TryCreate(webUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.Host.Equals("teams.microsoft.com", StringComparison.OrdinalIgnoreCase)
                    ? null
                    : "'topic.webUrl' isn't an address of Microsoft Teams.";
            default:
                return "'topic.source' is neither 'entityUrl' nor 'text'.";
        }
    }

    private static (Dictionary<string, string> Parameters, string? Refusal) Parameters(JsonElement body)
    {
        var found = new Dictionary<string, string>();
        var list = Property(body, "templateParameters");
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return (found, null);
        if (list.ValueKind != JsonValueKind.Array) return (found, "'templateParameters' isn't a list.");
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "name") is not { Length: > 0 } name || Text(item, "value") is not { } value) return (found, "A template parameter needs 'name' and 'value'.");
            if (!found.TryAdd(name, value)) return (found, "A template parameter is given twice.");
        }

        return (found, null);
    }

    private static string? RefuseRecipient(JsonElement recipient) => Text(recipient, "@odata.type") switch
    {
        "#microsoft.graph.aadUserNotificationRecipient" or "microsoft.graph.aadUserNotificationRecipient" => Needs(recipient, "userId"),
        "#microsoft.graph.teamMembersNotificationRecipient" or "microsoft.graph.teamMembersNotificationRecipient" => Needs(recipient, "teamId"),
        "#microsoft.graph.channelMembersNotificationRecipient" or "microsoft.graph.channelMembersNotificationRecipient" =>
            Needs(recipient, "teamId") ?? Needs(recipient, "channelId"),
        _ => "'recipient' with its '@odata.type' is required.",
    };

    private static string? Needs(JsonElement recipient, string property) =>
        string.IsNullOrEmpty(Text(recipient, property)) ? $"'recipient' needs '{property}'." : null;

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : default;

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
