using Microsoft.AspNetCore.Http;

namespace VcasReceiver.Page;

/// <summary>All referrals, those to answer first. No name and no number: screens are looked at by others.</summary>
internal static class ListView
{
    private static readonly Column From = new("From", (referral, _) => ReferralView.Team(referral));
    private static readonly Column Household = new("Household", (referral, _) => ReferralView.Household(referral));
    private static readonly Column Received = new("Received", (referral, _) => PageViews.Instant(referral.ReceivedAt));
    private static readonly Column Risks = new("Risks", (referral, _) => ReferralView.Risks(referral));
    private static readonly Column Safe = new("Safe to call", (referral, seen) => ReferralView.SafeToCall(referral, seen.Now));
    private static readonly Column Changed = new("Changed", (referral, _) => referral.Version > 1
        ? $"Version {referral.Version}, {PageViews.Instant(referral.ChangedAt)}"
        : "");

    private static readonly Column Due = new("Due", (referral, seen) =>
        AnswerTarget.Of(referral, seen.AnswerDays) is { } due ? PageViews.DueText(due, seen.Now) : "");

    private static readonly Column Reference = new("Your reference", (referral, _) => referral.Last?.CaseReference ?? "");

    private static readonly Part[] Parts =
    [
        new(Standing.ToAnswer, "To answer", "Nothing waits for an answer.", [Due, Risks, Safe, Household, From, Received, Changed]),
        new(Standing.Accepted, "Taken on", "Nothing is being worked on.", [Risks, Safe, Household, From, Reference, Changed]),
        new(Standing.Rejected, "Not taken on", "Nothing was rejected.", [From, Household, Received, Changed]),
        new(Standing.Withdrawn, "Withdrawn by the force", "Nothing was withdrawn.", [From, Received, Changed]),
        new(Standing.Closed, "Closed", "Nothing has been closed yet.", [From, Household, Reference, Received]),
    ];

    /// <summary>The page.</summary>
    /// <param name="referrals">Every referral, the newest first.</param>
    /// <param name="now">When it is looked at.</param>
    /// <param name="answerDays">Within how many working days an answer is due.</param>
    public static IResult Of(IReadOnlyList<StoredReferral> referrals, DateTimeOffset now, int answerDays)
    {
        var seen = new Seen(now, answerDays);
        return PageViews.Document("Referrals", Html.Of($"""
            <h1>Referrals</h1>
            <p>As of {PageViews.Instant(now)}. Load the page again before you phone: whether it is safe changes with the time.</p>
            {Parts.Select(part => Section(part, Those(part.Standing, referrals, seen), seen))}
            <p class="way"><a href="/referrals.csv">Download everything as a table (CSV)</a>.
            The file holds names and numbers: keep it where only the service can read it.</p>
            """));
    }

    // What is due first comes first; of what is done, the newest.
    private static List<StoredReferral> Those(Standing standing, IReadOnlyList<StoredReferral> referrals, Seen seen)
    {
        var those = referrals.Where(referral => referral.Standing == standing);
        return [.. standing == Standing.ToAnswer ? those.OrderBy(referral => AnswerTarget.Of(referral, seen.AnswerDays)) : those];
    }

    // Nobody needs a column in which nothing stands.
    private static Html Section(Part part, List<StoredReferral> referrals, Seen seen)
    {
        if (referrals.Count == 0) return Html.Of($"<section><h2>{part.Title}</h2><p>{part.Nothing}</p></section>");
        var columns = part.Columns.Where(column => referrals.Exists(referral => column.Text(referral, seen).Length > 0)).ToList();
        return Html.Of($"""
            <section><h2>{part.Title} ({referrals.Count})</h2>
            <div class="wide" tabindex="0" role="region" aria-label="{part.Title}"><table role="table" aria-label="{part.Title}">
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Referral</th>{columns.Select(Head)}</tr></thead>
            <tbody role="rowgroup">{referrals.Select(referral => Row(referral, columns, seen))}</tbody>
            </table></div></section>
            """);
    }

    // A table that is shown as cards is no table any more to some readers: the roles say that it is one.
    private static Html Row(StoredReferral referral, List<Column> columns, Seen seen)
    {
        var link = Html.Of($"<a href=\"/referrals/{referral.Id}\">{referral.Reference}</a>");
        return Html.Of($"""
            <tr role="row"><th scope="row" role="rowheader">{link}</th>{columns.Select(column => Cell(column, referral, seen))}</tr>

            """);
    }

    private static Html Head(Column column) => Html.Of($"<th scope=\"col\" role=\"columnheader\">{column.Name}</th>");

    private static Html Cell(Column column, StoredReferral referral, Seen seen) =>
        Html.Of($"<td role=\"cell\" data-column=\"{column.Name}\">{column.Text(referral, seen)}</td>");

    private sealed record Seen(DateTimeOffset Now, int AnswerDays);

    private sealed record Column(string Name, Func<StoredReferral, Seen, string> Text);

    private sealed record Part(Standing Standing, string Title, string Nothing, Column[] Columns);
}
