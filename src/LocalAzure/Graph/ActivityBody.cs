using System.Text.Json;

namespace LocalAzure.Graph;

/// <summary>Reads the body of an activity notification, for one user or for many, and says what Graph would refuse about it.</summary>
internal static class ActivityBody
{
    public const int LongestPreview = 150;
    public const int LongestWebUrl = 1_024;
    public const int MostRecipients = 100;

    /// <summary>The notifications in a body, one for each recipient; or else why it is refused.</summary>
    /// <param name="body">As it came.</param>
    /// <param name="recipient">The user of the address; null if the body names many.</param>
    /// <param name="now">When it came.</param>
    public static (IReadOnlyList<GraphNotification> Notifications, string? Refusal) Read(
        ReadOnlySpan<byte> body, string? recipient, DateTimeOffset now)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, recipient, now)
                : ([], "The request body isn't a JSON object.");
        }
        catch (JsonException)
        {
            return ([], "Unable to read JSON request payload.");
        }
    }

    private static (IReadOnlyList<GraphNotification> Notifications, string? Refusal) Read(
        JsonElement body, string? recipient, DateTimeOffset now)
    {
        var topic = Property(body, "topic");
        var (source, value, webUrl) = (Text(topic, "source"), Text(topic, "value"), Text(topic, "webUrl"));
        var activityType = Text(body, "activityType");
        var preview = Text(Property(body, "previewText"), "content");
        var (parameters, refusal) = Parameters(body);
        var (many, wrong) = recipient is null ? Recipients(body) : ([recipient], null);
        refusal = RefuseTopic(source, value, webUrl)
            ?? (string.IsNullOrEmpty(activityType) ? "'activityType' is required." : null)
            ?? (string.IsNullOrEmpty(preview) ? "'previewText' with its 'content' is required." : null)
            ?? (preview?.Length > LongestPreview ? $"'previewText' is longer than {LongestPreview} characters." : null)
            ?? refusal
            ?? (activityType == "systemDefault" && !parameters.ContainsKey("systemDefaultText")
                ? "'systemDefault' needs the parameter 'systemDefaultText'."
                : null)
            ?? wrong;
        if (refusal is not null) return ([], refusal);

        long? chain = null;
        if (Property(body, "chainId") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given)
        {
            if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt64(out var number))
                return ([], "'chainId' isn't a 64-bit number.");
            chain = number;
        }

        GraphNotification To(string user) => new(user, recipient is null, activityType!, preview!, value!, webUrl, parameters, chain, now);
        return ([.. many.Select(To)], null);
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
                if (webUrl is null || webUrl.Length > LongestWebUrl)
                    return $"A topic of text needs a 'webUrl' of at most {LongestWebUrl} characters.";
                return Uri.TryCreate(webUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.Host.Equals(
                    "teams.microsoft.com", StringComparison.OrdinalIgnoreCase)
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
            if (Text(item, "name") is not { Length: > 0 } name || Text(item, "value") is not { } value)
                return (found, "A template parameter needs 'name' and 'value'.");
            if (!found.TryAdd(name, value)) return (found, "A template parameter is given twice.");
        }

        return (found, null);
    }

    /// <summary>Whom a notification for many is for; or else why it is refused.</summary>
    private static (List<string> Users, string? Refusal) Recipients(JsonElement body)
    {
        var users = new List<string>();
        var list = Property(body, "recipients");
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostRecipients)
            return (users, $"'recipients' needs 1 to {MostRecipients} entries.");
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "@odata.type")?.TrimStart('#') is not "microsoft.graph.aadUserNotificationRecipient")
                return (users, "A recipient's '@odata.type' must be that of a user.");
            if (Text(item, "userId") is not { Length: > 0 } user) return (users, "A recipient needs 'userId'.");
            users.Add(user);
        }

        return (users, null);
    }

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : default;

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
