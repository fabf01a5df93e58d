using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain;
using Vcas.Domain.Audit;
using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.CallBacks;

/// <summary>The list that a caller works from, riskiest and oldest first. Nobody's name or number is in it.</summary>
public sealed class ListCallBacks(CallBackListReader entries, CallBackList list, ReadLog reads, VcasSettings settings)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;
    // A window that closes first may be anybody's: who plans an hour needs all that is due.
    private const int LargestPlan = 1000;
    // Of what waits, a plan needs what somebody asked for today.
    private const int WaitingInPlan = 50;
    private const string Me = "me";
    private const string Nobody = "none";

    /// <summary>
    /// <c>GET /api/call-backs?state=&amp;team=&amp;assignee=&amp;road=&amp;needsSafeRoute=&amp;after=&amp;limit=&amp;plan=</c>
    /// </summary>
    [Function(nameof(ListCallBacks))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/call-backs")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var (state, team) = (query.Word("state", CallBackListState.Due), query.Text("team")?.ToLowerInvariant());
        bool? needsSafeRoute = query.Text("needsSafeRoute") is null ? null : query.Flag("needsSafeRoute");
        var road = query.Text("road") is null ? null : Word.Of(query.Word("road", ContactRoad.Phone));
        var (assignee, after, isPlan) = (AssigneeOf(query), query.Text("after"), query.Flag("plan"));
        var limit = query.Number("limit", isPlan ? LargestPlan : DefaultPage, isPlan ? LargestPlan : LargestPage);
        if (isPlan && (state != CallBackListState.Due || after is not null))
            throw new ProblemException(Problem.WrongQuery("plan", "Only the first page of what is due comes with a plan."));
        if (after is not null && !CallBackSortKey.IsSortKey(after))
            throw new ProblemException(Problem.WrongQuery("after", "It takes what the page before gave as next."));

        var now = settings.Moment.Now;
        var access = RequestAccess.Of(request);
        var person = assignee == Me ? access.Person.Id : assignee == Nobody ? "" : assignee;
        var filter = new CallBackFilter(
            person?.ToLowerInvariant(), team, state == CallBackListState.Overdue ? now : null, road, needsSafeRoute);
        var due = await PartAsync(new CallBackQuery(state, filter, after, limit), access, now, cancellation);
        var (waiting, held) = !isPlan ? (null, null) : (
            await PartAsync(new CallBackQuery(CallBackListState.Waiting, filter, null, WaitingInPlan), access, now, cancellation),
            await PartAsync(new CallBackQuery(CallBackListState.Held, filter, null, 1), access, now, cancellation));
        // The audit keeps the request for years, so a text that is no team's name is not recorded.
        var named = due.Page.Total == 0 && team is not null ? "none of these" : team;
        object asked = isPlan
            ? new { state, team = named, assignee, road, needsSafeRoute, limit, plan = true }
            : new { state, team = named, assignee, road, needsSafeRoute, after, limit };
        var count = due.Calls.Count + (waiting?.Calls.Count ?? 0) + (held?.Calls.Count ?? 0);
        await reads.RecordListAsync(access.Actor, AuditKind.Consultation, "callBacksListed", asked, count, cancellation);
        return ApiResults.Json(new CallBackPage(due.Page.Total, due.Page.IsMore, due.Calls, due.Page.Next, [.. due.Page.Teams])
        {
            Waiting = waiting?.View,
            Held = held?.View,
        });
    }

    private async Task<Part> PartAsync(CallBackQuery query, RequestAccess access, DateTimeOffset now, CancellationToken cancellation)
    {
        var page = await new CallBackPageReader(entries, query, access, settings, now).ReadAsync(cancellation);
        var rows = await list.ReadAsync(page.Entries, cancellation);
        return new Part(page, [.. rows.Select(row => CallBackView.Of(row, query.State, access, now, settings.Calendar.Hours))]);
    }

    private static string? AssigneeOf(Query query)
    {
        if (query.Text("assignee") is not { } text) return null;
        return text is Me or Nobody || DirectoryId.Is(text)
            ? text
            : throw new ProblemException(Problem.WrongQuery("assignee", "It takes me, none, or a person's directory id, a GUID."));
    }

    internal static bool IsSame(string? person, string other) => string.Equals(person, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Part(CallBackEntryPage Page, IReadOnlyList<CallBackView> Calls)
    {
        public CallBackPart View => new(Page.Total, Page.IsMore, Calls, [.. Page.Teams]);
    }
}

/// <summary>A page of the call list.</summary>
/// <param name="Total">Call-backs in this part of the list; 1,000 if there are more.</param>
/// <param name="More">Whether there are more than Total says.</param>
/// <param name="CallBacks">This page.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; absent on the last.</param>
/// <param name="Teams">Every team by which this part of the list can be narrowed.</param>
public sealed record CallBackPage(int Total, bool More, IReadOnlyList<CallBackView> CallBacks, string? Next, IReadOnlyList<string> Teams)
{
    /// <summary>With plan: what waits, the soonest first; absent otherwise.</summary>
    public CallBackPart? Waiting { get; init; }

    /// <summary>With plan: how much is held, with the first of it; absent otherwise.</summary>
    public CallBackPart? Held { get; init; }
}

/// <summary>The beginning of another part of the call list, beside what is due.</summary>
/// <param name="Total">Call-backs in this part of the list; 1,000 if there are more.</param>
/// <param name="More">Whether there are more than Total says.</param>
/// <param name="CallBacks">The first of them.</param>
/// <param name="Teams">Every team by which this part of the list can be narrowed.</param>
public sealed record CallBackPart(int Total, bool More, IReadOnlyList<CallBackView> CallBacks, IReadOnlyList<string> Teams);

/// <summary>One call-back on the list: what a caller needs in order to choose, and no more.</summary>
public sealed record CallBackView
{
    /// <summary>The offer's id.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>The short reference, the same as in the notification.</summary>
    public required string Reference { get; init; }

    /// <summary>waiting, due, overdue or held.</summary>
    public required CallBackListState State { get; init; }

    /// <summary>The team that made the offer.</summary>
    public required string Team { get; init; }

    /// <summary>The team that calls.</summary>
    public required string CallBackTeam { get; init; }

    /// <summary>The person to whom it is assigned; absent if anybody in the team may call.</summary>
    public string? Person { get; init; }

    /// <summary>Whether it is assigned to the person who asks.</summary>
    public required bool Mine { get; init; }

    /// <summary>Who is calling just now; absent if nobody is.</summary>
    public ClaimView? Claim { get; init; }

    /// <summary>When the first call fell due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From when the next call may be made, UTC.</summary>
    public DateTimeOffset? CallFrom { get; init; }

    /// <summary>When it becomes overdue, UTC.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>When somebody should decide about a hold, UTC.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>Since when nobody has decided, UTC: the hold goes on until somebody does. Absent before its review.</summary>
    public DateTimeOffset? ReviewOverdueSince { get; init; }

    /// <summary>Why it is held.</summary>
    public string? HoldReason { get; init; }

    /// <summary>Whether no number of the household is known that is safe: nobody can phone, and one has to be found.</summary>
    public required bool NeedsSafeRoute { get; init; }

    /// <summary>phone, or visit where nobody can phone or a visit was decided on.</summary>
    public string? Road { get; init; }

    /// <summary>When those who might find a safe route are told of it next, UTC; absent if one is known or all were told.</summary>
    public DateTimeOffset? RouteRemindAt { get; init; }

    /// <summary>Whose death the caller must know of: suspect or relative.</summary>
    public string? Death { get; init; }

    /// <summary>first if support was never really offered to them, second if it was offered once.</summary>
    public string? NextOffer { get; init; }

    /// <summary>Attempts of the force so far; calls from the household do not count.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the last call or visit was recorded, theirs or ours, UTC; absent if there was none.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>What came of the last call, theirs or ours.</summary>
    public string? LastOutcome { get; init; }

    /// <summary>outgoing if the force called, incoming if the household did.</summary>
    public string? LastDirection { get; init; }

    /// <summary>Whether this moment is in the hours that the household named as safe; true if it named none.</summary>
    public required bool SafeNow { get; init; }

    /// <summary>Where it doesn't: when the next safe hours begin, UTC.</summary>
    public DateTimeOffset? SafeFrom { get; init; }

    /// <summary>Where it does, and hours were named: when they end, UTC.</summary>
    public DateTimeOffset? SafeUntil { get; init; }

    /// <summary>When the present window for a call ends, UTC: from then on no number may be shown. Absent if nothing ends it.</summary>
    public DateTimeOffset? WindowEndsAt { get; init; }

    /// <summary>
    /// True if no hour in which a call is safe is in the hours in which calls are made: a supervisor opens others, or asks for
    /// another time.
    /// </summary>
    public bool HoursNeverMeet { get; init; }

    /// <summary>
    /// Since when nobody could be told in Teams that this call is to be made, UTC: this list is then its only prompt. Absent
    /// while somebody can be told.
    /// </summary>
    public DateTimeOffset? UntoldSince { get; init; }

    /// <summary>What the caller must know before choosing.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>
    /// True if this line of the list can't be read: it says nothing of risks and hours. Open the household before you choose it; the
    /// line is made again within the hour.
    /// </summary>
    public bool Damaged { get; init; }

    internal static CallBackView Of(CallBackRow row, CallBackListState asked, RequestAccess access, DateTimeOffset now, CallHours teams)
    {
        var place = row.Place;
        // If the hours can't be read, nobody knows that a call is safe.
        var safe = row.IsDamaged ? SafeWindow.Unknown : SafeTimesText.At(row.SafeTimes, now);
        return new CallBackView
        {
            OfferId = place.OfferId,
            Reference = Household.ReferenceOf(place.OfferId),
            State = asked == CallBackListState.Due && place.OverdueAt <= now ? CallBackListState.Overdue : asked,
            Team = place.Team ?? "",
            CallBackTeam = place.CallBackTeam ?? "",
            Person = place.Person,
            Mine = ListCallBacks.IsSame(place.Person, access.Person.Id),
            Claim = ClaimView.Of(row.Claim is { } claim && claim.HoldsAt(now) ? claim : null, access),
            DueAt = row.DueAt,
            CallFrom = row.CallFrom,
            OverdueAt = place.OverdueAt,
            ReviewAt = row.ReviewAt,
            ReviewOverdueSince = row.ReviewAt <= now ? row.ReviewAt : null,
            HoldReason = row.HoldReason,
            Death = row.Death,
            NextOffer = row.NextOffer,
            NeedsSafeRoute = row.NeedsSafeRoute,
            Road = row.Road,
            RouteRemindAt = row.RouteRemindAt,
            Attempts = row.Attempts,
            LastAttemptAt = row.LastAttemptAt,
            LastOutcome = row.LastOutcome,
            LastDirection = row.LastDirection,
            SafeNow = safe.Now,
            SafeFrom = safe.From,
            SafeUntil = safe.Until,
            WindowEndsAt = safe.EndsAt(row.CallHours, now),
            HoursNeverMeet = row.CallHours.Length == 0 && !SafeHours.Meet(SafeTimesText.Read(row.SafeTimes), teams),
            UntoldSince = row.UntoldSince,
            Risks = WordList.Read(row.Risks),
            Damaged = row.IsDamaged,
        };
    }
}
