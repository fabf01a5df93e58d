using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace VcasReceiver.Page;

/// <summary>What the page can be asked for. Each form carries a token that only a page of ours has.</summary>
internal sealed class PageRoutes(ReferralStore store, AnswerOutbox outbox, Journal journal, TimeProvider time, int answerDays)
{
    private const string ReferralId = "{id:guid}";

    /// <summary>Adds the page's routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/style.css",
            () => Results.Stream(typeof(PageRoutes).Assembly.GetManifestResourceStream("style.css")!, "text/css; charset=utf-8"));
        routes.MapGet("/", () => ListView.Of(store.All(Now), Now, answerDays));
        routes.MapGet("/referrals.csv", () => Results.File(CsvExport.Write(store.All(Now)), "text/csv; charset=utf-8", "referrals.csv"));
        routes.MapGet("/referrals/" + ReferralId, (HttpContext context, string id) => Referral(context, id));
        routes.MapPost("/referrals/" + ReferralId + "/accepted", (HttpContext context, string id, [FromForm] string? caseReference) =>
            Decide(context, id, Standing.ToAnswer, "accepted", null, caseReference, IsComplete(caseReference)));
        routes.MapPost("/referrals/" + ReferralId + "/rejected", (HttpContext context, string id, [FromForm] string? reason) =>
            Decide(context, id, Standing.ToAnswer, "rejected", reason, null, IsOneOf(AnswerWords.Rejections, reason)));
        routes.MapPost("/referrals/" + ReferralId + "/closed", (HttpContext context, string id, [FromForm] string? reason) =>
            Decide(context, id, Standing.Accepted, "closed", reason, store.Find(id, Now)?.Last?.CaseReference, IsOneOf(
                AnswerWords.Closures, reason)));
        routes.MapPost(
            "/referrals/" + ReferralId + "/erased", (HttpContext context, string id, [FromForm] string? sure) => Erase(context, id, sure));
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private static string? IsComplete(string? caseReference) =>
        string.IsNullOrWhiteSpace(caseReference) || AnswerWords.IsCaseReference(caseReference.Trim())
            ? null
            : "Your case reference may have letters, digits and / . _ - and at most 40 of them. Leave it out if you have none.";

    private static string? IsOneOf(IEnumerable<(string Word, string)> reasons, string? reason) =>
        reasons.Any(one => one.Word == reason) ? null : "Choose a reason.";

    private IResult Referral(HttpContext context, string id, string? fault = null)
    {
        if (store.Find(id, Now) is not { } referral) return PageViews.Missing();
        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return PageViews.Referral(referral, store.AnswersTo(id), token, fault, Now, AnswerTarget.Of(referral, answerDays));
    }

    private IResult Decide(HttpContext context, string id, Standing seen, string what, string? reason, string? caseReference, string? fault)
    {
        if (store.Find(id, Now) is not { } referral) return PageViews.Missing();
        if (fault is not null) return Referral(context, id, fault);
        var now = Now;
        var decision = AnswerOutbox.Compose(
            what, id, referral.Version, now, reason, string.IsNullOrWhiteSpace(caseReference) ? null : caseReference.Trim());
        if (!store.Decide(decision, seen, now))
            return Referral(context, id, "This referral has changed meanwhile: look again. Nothing was sent.");
        journal.Decided(decision.Id);
        outbox.Wake();
        return SeeAgain(context, id);
    }

    private IResult Erase(HttpContext context, string id, string? sure)
    {
        if (sure != "yes") return Referral(context, id, "Tick the box to say that you are sure.");
        if (!store.Erase(id, Now)) return Referral(context, id, "Only a referral that is rejected, closed or withdrawn can be erased.");
        journal.Erased(id);
        return SeeAgain(context, id);
    }

    // So that loading the page again sends nothing again.
    private static IResult SeeAgain(HttpContext context, string id)
    {
        context.Response.Headers.Location = $"/referrals/{id}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
