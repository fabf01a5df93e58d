using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace VcasReceiver.Page;

/// <summary>The pages: made here, without scripts, so that they work in any browser and with any reader.</summary>
internal static class PageViews
{
    /// <summary>One referral, with the forms that its standing allows.</summary>
    public static IResult Referral(
        StoredReferral referral,
        IReadOnlyList<(string What, DateTimeOffset Due, DateTimeOffset? Sent)> answers,
        AntiforgeryTokenSet token,
        string? fault,
        DateTimeOffset now,
        DateTimeOffset? due) => Document(
        (fault is null ? "" : "Error: ") + "Referral " + referral.Reference,
        Html.Of($"""
            <p class="way"><a href="/">All referrals</a></p>
            {(fault is null ? Html.None : Problem(fault))}
            <h1>Referral {referral.Reference}</h1>
            <p class="standing {referral.Standing}">{StandingOf(referral)}{(due is { } at ? $" Due: {DueText(at, now)}." : "")}</p>
            {ReferralView.Of(referral, now)}
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
    public static string Instant(DateTimeOffset at) => LondonClock.At(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>By when the force expects an answer, and whether that is over.</summary>
    public static string DueText(DateTimeOffset due, DateTimeOffset now)
    {
        var said = LondonClock.At(due).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);
        return now >= due ? $"Overdue since {said}" : said;
    }

    private static Html Problem(string fault) => Html.Of($"""
        <div class="fault" role="alert"><h2>There is a problem</h2><p><a href="#answer">{fault}</a></p></div>
        """);

    private static Html Answer((string What, DateTimeOffset Due, DateTimeOffset? Sent) answer)
    {
        var gone = answer.Sent is { } at ? "sent " + Instant(at) : "goes out as soon as the queue can be reached";
        return Html.Of($"<li>{AnswerWords.Said(answer.What)}: {gone}</li>");
    }

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
