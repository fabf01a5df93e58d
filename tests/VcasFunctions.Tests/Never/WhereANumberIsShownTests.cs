using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Offers;
using VcasFunctions.Tests.Access;

namespace VcasFunctions.Tests.Never;

/// <summary>
/// A number is shown where a call may be made with it, after the register was asked, and nowhere else: so that it is missing says nothing
/// about what somebody else has asked of it.
/// </summary>
public sealed class WhereANumberIsShownTests(AccessApp app) : IClassFixture<AccessApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Officer => app.Token([Role.Officer], [AccessApp.North]);

    private string Caller => app.Token([Role.Caller], [AccessApp.NorthCalls]);

    private string Supervisor => app.Token([Role.Supervisor], [AccessApp.North]);

    [Theory]
    [InlineData("waiting", "supervisor")]
    [InlineData("held", "supervisor")]
    [InlineData("wrongNumber", "supervisor")]
    [InlineData("due", "caller supervisor")]
    [InlineData("referred", "")]
    [InlineData("rejected", "")]
    [InlineData("declinedAgain", "")]
    [InlineData("moved", "")]
    [InlineData("died", "")]
    [InlineData("doNotContact", "")]
    public async Task Who_opens_a_household_is_shown_its_number_only_where_they_may_have_to_call(string state, string shownTo)
    {
        var id = await InAsync(state, Given.Number());
        foreach (var (role, token) in new[] { ("officer", Officer), ("caller", Caller), ("supervisor", Supervisor) })
        {
            var opened = (await app.SendAsync(token, "GET", $"/api/offers/{id}")).Answer.Must(200);
            Assert.Equal(shownTo.Split(' ').Contains(role), opened["contact.phone"] is not null);
            Assert.NotNull(opened["contact.name"]);
        }
    }

    [Theory]
    [InlineData("referred")]
    [InlineData("rejected")]
    [InlineData("declinedAgain")]
    [InlineData("moved")]
    [InlineData("waiting")]
    public async Task What_another_team_asks_of_the_number_changes_no_byte_for_officers_and_callers(string state)
    {
        var (barred, free) = (Given.Number(), Given.Number());
        var (one, other) = (await InAsync(state, barred), await InAsync(state, free));
        var before = await SeenAsync(one);
        await app.Api.RecordAsync(
            new JsonObject { ["answer"] = "doNotContact", ["team"] = "south", ["contact"] = new JsonObject { ["phone"] = barred } });
        await app.App.WhenIdleAsync(Cancellation);
        Assert.Equal(before, await SeenAsync(one));
        Assert.DoesNotContain(before, text => text.Contains("\"phone\":", StringComparison.Ordinal));
        Assert.Equal(before.Count, (await SeenAsync(other)).Count);
        // Once nobody of the force has to call, its supervisor learns nothing either.
        var watched = (await app.SendAsync(Supervisor, "GET", $"/api/offers/{one}")).Answer.Must(200);
        Assert.Null(watched["contact.phone"]);
        Assert.Equal(state == "waiting" ? "neverToBeCalled" : null, watched["hold.reason"]);

        async Task<List<string>> SeenAsync(Guid id) =>
        [
            (await app.SendAsync(Officer, "GET", $"/api/offers/{id}")).Answer.Must(200).Text,
            (await app.SendAsync(Caller, "GET", $"/api/offers/{id}")).Answer.Must(200).Text,
        ];
    }

    [Fact]
    public async Task No_answer_to_a_command_shows_a_number_for_none_of_them_asks_the_register()
    {
        var number = Given.Number();
        var due = await InAsync("due", number);
        // As a crash leaves it: the register knows, and nobody has gone through the other households.
        Assert.Equal(PhoneFault.None, PhoneNumberReader.Read(number, out var e164));
        await app.App.Services.GetRequiredService<DoNotCallRegister>()
            .AddAsync(Guid.NewGuid(), e164!, new Actor("officer"), Given.Monday, Cancellation);
        var answers = new[]
        {
            await app.SendAsync(Supervisor, "PUT", $"/api/call-backs/{due}/assignee", new { person = AccessApp.Person }),
            await app.SendAsync(
                Supervisor,
                "PUT",
                $"/api/call-backs/{due}/call-hours",
                new { from = "09:00", to = "17:00", days = new[] { "monday", "tuesday" } }),
            await app.SendAsync(Caller, "PUT", $"/api/offers/{due}/details", new { crimeReference = "AB/77/21" }),
            await app.SendAsync(
                Caller, "PUT", $"/api/call-backs/{due}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(2) }),
            await app.SendAsync(Supervisor, "DELETE", $"/api/call-backs/{due}/hold"),
            await app.SendAsync(Caller, "PUT", $"/api/offers/{due}/contact", new { name = "Jo Invented" }),
            await app.SendAsync(Supervisor, "POST", $"/api/offers/{due}/withdrawal", new { reason = "duplicate" }),
        };
        Assert.All(answers, one => Assert.Null(one.Answer.Must(200)["contact.phone"]));
    }

    [Fact]
    public async Task A_number_that_was_replaced_is_shown_to_nobody_and_exported_to_the_subject_alone()
    {
        var (old, present) = ("07700 900411", Given.Number());
        var id = await InAsync("waiting", old);
        (await app.SendAsync(Officer, "PUT", $"/api/offers/{id}/contact", new { phone = present, name = "Kit Invented" })).Answer.Must(200);
        foreach (var token in new[] { Officer, Caller, Supervisor })
        {
            var text = (await app.SendAsync(token, "GET", $"/api/offers/{id}")).Answer.Must(200).Text;
            Assert.DoesNotContain("900411", text, StringComparison.Ordinal);
        }

        var forThem = (await app.Api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Must(200);
        Assert.Contains("+447700900411", forThem.Text, StringComparison.Ordinal);
        Assert.NotNull(forThem["offer.contact.phone"]);
        foreach (var reason in new[] { "audit", "faultFinding", "callBack" })
        {
            var export = (await app.Api.GetAsync($"offers/{id}/export?reason={reason}")).Must(200);
            Assert.DoesNotContain("900411", export.Text, StringComparison.Ordinal);
            Assert.Null(export["offer.contact.phone"]);
        }
    }

    [Theory]
    [InlineData("waiting", "offers/{id}/contact", "PUT")]
    [InlineData("due", "offers/{id}/acceptance", "POST")]
    [InlineData("referred", "referrals/{id}/amendment", "POST")]
    public async Task Who_corrects_a_route_leaves_the_number_out_and_it_stays(string state, string route, string method)
    {
        var number = Given.Number();
        var id = await InAsync(state, number);
        var contact = new JsonObject { ["name"] = "Sam Invented", ["codeWord"] = "harbour" };
        var body = method == "PUT" ? contact : new JsonObject { ["contact"] = contact };
        var answer = (await app.Api.SendAsync(method, route.Replace("{id}", id.ToString(), StringComparison.Ordinal), body)).Must(200);
        Assert.Equal(("Sam Invented", "harbour"), (answer["contact.name"], answer["contact.codeWord"]));
        var kept = (await app.Api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Must(200);
        Assert.Equal(PhoneFault.None, PhoneNumberReader.Read(number, out var e164));
        Assert.Equal(e164, kept["offer.contact.phone"]);
    }

    [Fact]
    public async Task Where_no_number_is_known_one_must_be_given_and_an_empty_one_is_none()
    {
        var unknown = await app.Api.RecordAsync(new JsonObject { ["answer"] = "notAsked", ["team"] = "north" });
        (await app.Api.PutAsync($"offers/{unknown}/contact", new { name = "Sam Invented" })).MustRefuse(422, 1005);
        var known = await InAsync("waiting", Given.Number());
        (await app.Api.PutAsync($"offers/{known}/contact", new { phone = "", name = "Sam Invented" })).MustRefuse(422, 1005);
        (await app.Api.PutAsync($"offers/{known}/contact", new { phone = " " })).MustRefuse(422, 1005);
    }

    private async Task<Guid> InAsync(string state, string number)
    {
        var isReferred = state is "referred" or "rejected";
        var offer = isReferred ? Given.Accepted(number) : Given.DeclinedLongAgo();
        if (state is "waiting" or "held" or "moved" or "died") offer = Given.Declined(number);
        offer["team"] = "north";
        offer["contact"] = new JsonObject { ["phone"] = number, ["name"] = "Robin Invented" };
        var id = await app.Api.RecordAsync(offer);
        await app.App.WhenIdleAsync(Cancellation);
        switch (state)
        {
            case "held":
                (await app.Api.PutAsync($"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(7) }))
                    .Must(200);
                break;
            case "wrongNumber" or "doNotContact":
                (await app.Api.AttemptAsync(id, state)).Must(200);
                break;
            case "declinedAgain":
                (await app.Api.AttemptAsync(id, "declined")).Must(200);
                break;
            case "moved" or "died":
                (await app.Api.PostAsync($"offers/{id}/withdrawal", new { reason = state })).Must(200);
                break;
            case "rejected":
                await using (var vcas = new VcasSide(app.App)) await vcas.AnswerAsync(id, "rejected", reason: "unableToContact");
                break;
        }

        return id;
    }
}
