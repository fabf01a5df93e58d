using Microsoft.AspNetCore.Antiforgery;

namespace VcasReceiver.Page;

/// <summary>The forms with which a referral is answered: those that its standing allows, and no other.</summary>
internal static class AnswerForms
{
    /// <summary>Heading and forms.</summary>
    public static Html Of(StoredReferral referral, AntiforgeryTokenSet token) => referral.Standing switch
    {
        Standing.ToAnswer => Html.Of(
            $"<h2 id=\"answer-title\">Answer</h2>{Accept(referral, token)}{Reject(referral, token)}"),
        Standing.Accepted => Html.Of(
            $"<h2 id=\"answer-title\">Close</h2>{Reasons(referral, token, "closed", "Close", "How support ended", AnswerWords.Closures)}"),
        _ when referral.Data is null => Html.Of($"<h2 id=\"answer-title\">Nothing is to be done</h2>"),
        _ => Html.Of($"""
            <h2 id="answer-title">Erase</h2>
            {Form(referral, token, "erased", "Erase", Html.Of($"""
                <p>When your retention time is over: what this referral says is erased for good, and its id and your answers stay.</p>
                <p class="choice"><input type="checkbox" id="sure" name="sure" value="yes"><label for="sure">I am sure</label></p>
                """))}
            """),
    };

    private static Html Accept(StoredReferral referral, AntiforgeryTokenSet token) =>
        Form(referral, token, "accepted", "Accept", Html.Of($"""
            <h3>VCAS takes it on</h3>
            <p><label for="caseReference">Your case reference, if you have one</label>
            <span class="hint" id="caseReference-hint">The force will quote it. No name and no date of birth in it.</span>
            <input id="caseReference" name="caseReference" maxlength="40" autocomplete="off" aria-describedby="caseReference-hint"></p>
            """));

    private static Html Reject(StoredReferral referral, AntiforgeryTokenSet token) =>
        Reasons(referral, token, "rejected", "Reject", "Why VCAS can't take it on", AnswerWords.Rejections);

    private static Html Reasons(
        StoredReferral referral,
        AntiforgeryTokenSet token,
        string what,
        string button,
        string legend,
        IReadOnlyList<(string Word, string Meaning)> reasons) => Form(referral, token, what, button, Html.Of($"""
        <fieldset><legend>{legend}</legend>
        {reasons.Select(reason => Choice($"{what}-{reason.Word}", reason.Word, $"{AnswerWords.Said(reason.Word)}: {reason.Meaning}"))}
        </fieldset>
        """));

    private static Html Choice(string id, string word, string label) => Html.Of($"""
        <p class="choice"><input type="radio" name="reason" required id="{id}" value="{word}"><label for="{id}">{label}</label></p>

        """);

    private static Html Form(StoredReferral referral, AntiforgeryTokenSet token, string what, string button, Html fields) => Html.Of($"""
        <form method="post" action="/referrals/{referral.Id}/{what}">
        <input type="hidden" name="{token.FormFieldName}" value="{token.RequestToken}">
        {fields}
        <p><button>{button}</button></p>
        </form>
        """);
}
