namespace LocalAzure.Graph;

/// <summary>An activity notification that was accepted.</summary>
/// <param name="Recipient">The user's id, from the address or out of many.</param>
/// <param name="IsOneOfMany">Whether the request named many.</param>
/// <param name="ActivityType">The type that the Teams app's manifest declares.</param>
/// <param name="PreviewText">What the toast shows.</param>
/// <param name="TopicValue">What it is about: an address of Graph, or a text.</param>
/// <param name="WebUrl">Where a click leads, for a topic of text.</param>
/// <param name="TemplateParameters">What fills the manifest's template.</param>
/// <param name="ChainId">A later notification of the same chain takes the place of an earlier one.</param>
/// <param name="SentAt">When it was accepted.</param>
public sealed record GraphNotification(
    string Recipient,
    bool IsOneOfMany,
    string ActivityType,
    string PreviewText,
    string TopicValue,
    string? WebUrl,
    IReadOnlyDictionary<string, string> TemplateParameters,
    long? ChainId,
    DateTimeOffset SentAt);

/// <summary>A way for Graph not to work.</summary>
public enum GraphOutage
{
    /// <summary>Graph works.</summary>
    None,

    /// <summary>Graph answers 503.</summary>
    ServiceUnavailable,

    /// <summary>The connection fails: an <see cref="HttpRequestException"/>.</summary>
    NoConnection,
}
