using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace VcasReceiver.Page;

/// <summary>A piece of a page. Whatever is put into one is encoded, unless it is such a piece itself: nothing can be forgotten.</summary>
internal sealed class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly string text;

    private Html(string text) => this.text = text;

    /// <summary>An empty fragment.</summary>
    public static Html None { get; } = new("");

    /// <summary>
    /// The template with what is in its holes: pieces as they are, lists of pieces one after the other, all else encoded.
    /// </summary>
    public static Html Of(FormattableString template) =>
        new(string.Format(null, template.Format, [.. template.GetArguments().Select(Written)]));

    /// <inheritdoc/>
    public override string ToString() => text;

    private static object? Written(object? hole) => hole switch
    {
        Html piece => piece.text,
        IEnumerable<Html> pieces => pieces.Aggregate(new StringBuilder(), (all, piece) => all.Append(piece.text)).ToString(),
        null => "",
        _ => Encoder.Encode(hole.ToString() ?? ""),
    };
}
