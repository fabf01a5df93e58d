using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace VcasReceiver.Page;

/// <summary>The pages: made here, without scripts, so that they work in any browser and with any reader.</summary>
internal static class PageViews
{
    private static readonly TimeZoneInfo London =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone)
        || TimeZoneInfo.TryFindSystemTimeZoneById("GMT Standard Time", out zone)
            ? zone
            : TimeZoneInfo.Utc;

    private static readonly (Standing Standing, string Title, string Nothing)[] Lists =
    [
        (Standing.ToAnswer, "To answer", "Nothing waits for an answer."),
        (Standing.Accepted, "Taken on", "Nothing is being worked on."),
        (Standing.Rejected, "Not taken on", "Nothing was rejected."),
        (Standing.Withdrawn, "Withdrawn by the force", "Nothing was withdrawn."),
        (Standing.Closed, "Closed", "Nothing has been closed yet."),
    ];

    private static readonly string[] Columns = ["Received", "From", "Household", "Changed"];

    /// <summary>All referrals, those to answer first. No name and no number: screens are looked at by others.</summary>
    public static IResult List(IReadOnlyList<StoredReferral> referrals) => Document("Referrals", Html.Of($"""
        <h1>Referrals</h1>
        {Lists.Select(list => Section(list.Title, list.Nothing, Of(list.Standing, referrals)))}
        <p><a href="/referrals.csv">Download everything as a table (CSV)</a>.
        The file holds names and numbers: keep it where only the service can read it.</p>
        """));

    /// <summary>One referral, with the forms that its standing allows.</summary>
    public static IResult Referral(
        StoredReferral referral,
        IReadOnlyList<(string What, DateTimeOffset Due, DateTimeOffset? Sent)> answers,
        AntiforgeryTokenSet token,
        string? fault) => Document(
        (fault is null ? "" : "Error: ") + "Referral " + referral.Reference,
        Html.Of($"""
            <p><a href="/">All referrals</a></p>
            {(fault is null ? Html.None : Problem(fault))}
            <h1>Referral {referral.Reference}</h1>
            <p class="standing {referral.Standing}">{StandingOf(referral)}</p>
            {ReferralView.Of(referral)}
            <section id="answer" aria-labelledby="answer-title">{AnswerForms.Of(referral, token)}</section>
            <h2>What VCAS has answered</h2>
            {(answers.Count == 0 ? Html.Of($"<p>Nothing yet.</p>") : Html.Of($"<ul>{answers.Select(Answer)}</ul>"))}
            """),
        fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    /// <summary>The page for an id that no referral has.</summary>
    public static IResult Missing() => Document(
        "Not found", Html.Of($"<h1>There is no such referral</h1><p><a href=\"/\">All referrals</a></p>"), StatusCodes.Status404NotFound);

    /// <summary>A whole page.</summary>
    public static IResult Document(string title, Html body, int status = StatusCodes.Status200OK) => Results.Content(
        Html.Of($"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – VCAS referrals</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header><p>VCAS referrals <span class="marking">OFFICIAL-SENSITIVE</span></p></header>
            <main id="main">
            {body}
            </main>
            </body>
            </html>

            """).ToString(),
        "text/html; charset=utf-8",
        System.Text.Encoding.UTF8,
        status);

    /// <summary>A time as people in England and Wales read it.</summary>
    public static string Instant(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, London).ToString("d MMM yyyy, HH:mm");

    private static Html Problem(string fault) => Html.Of($"""
        <div class="fault" role="alert"><h2>There is a problem</h2><p><a href="#answer">{fault}</a></p></div>
        """);

    private static Html Answer((string What, DateTimeOffset Due, DateTimeOffset? Sent) answer)
    {
        var gone = answer.Sent is { } at ? "sent " + Instant(at) : "goes out as soon as the queue can be reached";
        return Html.Of($"<li>{AnswerWords.Said(answer.What)}: {gone}</li>");
    }

    // What waits longest comes first; of what is done, the newest.
    private static List<StoredReferral> Of(Standing standing, IReadOnlyList<StoredReferral> referrals)
    {
        var those = referrals.Where(referral => referral.Standing == standing);
        return [.. standing == Standing.ToAnswer ? those.OrderBy(referral => referral.ReceivedAt) : those];
    }

    private static Html Section(string title, string nothing, List<StoredReferral> referrals) => referrals.Count == 0
        ? Html.Of($"<section><h2>{title}</h2><p>{nothing}</p></section>")
        : Html.Of($"""
            <section><h2>{title} ({referrals.Count})</h2>
            <div class="wide" tabindex="0" role="region" aria-label="{title}"><table role="table" aria-label="{title}">
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Referral</th>{Columns.Select(Head)}</tr></thead>
            <tbody role="rowgroup">{referrals.Select(Row)}</tbody>
            </table></div></section>
            """);

    // A table that is shown as cards is no table any more to some readers: the roles say that it is one.
    private static Html Row(StoredReferral referral)
    {
        string[] cells =
        [
            Instant(referral.ReceivedAt), ReferralView.Team(referral), ReferralView.Household(referral), referral.Version > 1
                ? $"Version {referral.Version}, {Instant(referral.ChangedAt)}"
                : "",
        ];
        var link = Html.Of($"<a href=\"/referrals/{referral.Id}\">{referral.Reference}</a>");
        return Html.Of($"""
            <tr role="row"><th scope="row" role="rowheader">{link}</th>{Columns.Zip(cells, Cell)}</tr>

            """);
    }

    private static Html Head(string column) => Html.Of($"<th scope=\"col\" role=\"columnheader\">{column}</th>");

    private static Html Cell(string column, string text) => Html.Of($"<td role=\"cell\" data-column=\"{column}\">{text}</td>");

    private static string StandingOf(StoredReferral referral) => referral.Standing switch
    {
        Standing.Withdrawn => $"Withdrawn by the force ({AnswerWords.Said(referral.WithdrawnFor!).ToLowerInvariant()}). "
            + "Do not contact this household on the strength of this referral.",
        Standing.ToAnswer when referral.Last is not null => "To answer again: VCAS rejected it, and the force has amended it.",
        Standing.ToAnswer => "To answer.",
        Standing.Rejected => $"Not taken on ({AnswerWords.Said(referral.Last!.Reason!).ToLowerInvariant()}), {Instant(referral.Last.At)}.",
        Standing.Closed => $"Closed ({AnswerWords.Said(referral.Last!.Reason!).ToLowerInvariant()}), {Instant(referral.Last.At)}.",
        _ when referral.ChangedAt > referral.Last!.At =>
            $"Taken on {Instant(referral.Last.At)}, and amended by the force since ({Instant(referral.ChangedAt)}): read it again.",
        _ => $"Taken on {Instant(referral.Last.At)}{(referral.Last.CaseReference is { } reference ? " as " + reference : "")}.",
    };
}
