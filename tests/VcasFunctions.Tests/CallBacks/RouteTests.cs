using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Tests.Contracts;
using VcasReceiver;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>A household that is reached in more ways than one: what is kept, shown, found and told to VCAS of each.</summary>
public sealed class RouteTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Email = "sam@example.org";
    private const string Nurse = "Jo Example, school nurse";

    private readonly Api api = shared.Api;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Phone(string number, bool isConfirmed = true) =>
        new() { ["kind"] = "phone", ["phone"] = number, ["confirmedInPerson"] = isConfirmed };

    private static JsonObject ByEmail => new() { ["kind"] = "email", ["email"] = Email, ["confirmedInPerson"] = true };

    private static JsonObject ByNurse => new()
    {
        ["kind"] = "professional",
        ["professional"] = Nurse,
        ["reachedBy"] = "the school's office",
        ["confirmedInPerson"] = true,
    };

    private static JsonObject Offer(JsonObject offer, params JsonObject[] routes) =>
        offer.With("contact", new JsonObject { ["name"] = "Sam Example", ["routes"] = new JsonArray([.. routes]) });

    [Fact]
    public async Task The_confirmed_number_is_called_and_the_other_ways_are_shown_where_it_is()
    {
        var (number, unconfirmed) = (Given.Number(), Given.Number());
        var waiting = await api.RecordAsync(Offer(Given.Declined(), Phone(number), ByEmail));
        // An officer, a caller and a supervisor in one is shown what a supervisor is.
        var shown = (await api.GetAsync($"offers/{waiting}")).Must(200);
        Assert.Equal((E164(number), Email), (shown["contact.phone"], shown["contact.routes.1.email"]));

        var due = await api.RecordAsync(Offer(Given.DeclinedLongAgo(), ByNurse, Phone(unconfirmed, isConfirmed: false), Phone(number)));
        await shared.App.WhenIdleAsync(Cancellation);
        var claimed = (await api.PutAsync($"call-backs/{due}/claim", new { })).Must(200);
        Assert.Equal(("phone", E164(number)), (claimed["road"], claimed["contact.phone"]));
        Assert.Equal(
            ["phone", "professional", "phone"],
            Enumerable.Range(0, 3).Select(index => claimed[$"contact.routes.{index}.kind"]));
        var answered = await api.AttemptAsync(due, "noAnswer");
        Assert.DoesNotContain(Nurse, answered.Must(200).Text, StringComparison.Ordinal);
        Assert.Equal(("professional", null), (answered["contact.routes.1.kind"], answered["contact.routes.1.professional"]));
    }

    [Fact]
    public async Task A_number_that_nobody_confirmed_is_not_called_and_a_safe_route_is_sought()
    {
        var id = await api.RecordAsync(Offer(Given.DeclinedLongAgo(), Phone(Given.Number(), isConfirmed: false)));
        await shared.App.WhenIdleAsync(Cancellation);
        var read = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal(("due", "visit", null), (read["state"], read["road"], read["contact.phone"]));
        Assert.NotNull(read["routeTask.since"]);
        (await api.AttemptAsync(id, "noAnswer")).MustRefuse(409, 3032);
    }

    [Fact]
    public async Task Each_of_the_numbers_is_found_and_held_where_it_is_never_to_be_called()
    {
        var (first, second) = (Given.Number(), Given.Number());
        var id = await api.RecordAsync(Offer(Given.Declined(), Phone(first), Phone(second, isConfirmed: false)));
        foreach (var number in new[] { first, second })
        {
            var found = (await api.PostAsync("offers/search", new { phone = number, reason = "theyGotInTouch" })).Must(200);
            Assert.Equal($"{id}", found["households.0.offerId"]);
        }

        var never = Guid.NewGuid();
        (await api.PutAsync($"offers/{never}", Offer(
            new JsonObject { ["answer"] = "doNotContact" }, Phone(Given.Number()), Phone(second)))).Must(201);
        await shared.App.WhenIdleAsync(Cancellation);
        Assert.Equal("neverToBeCalled", (await api.GetAsync($"offers/{id}")).Must(200)["hold.reason"]);
    }

    [Fact]
    public async Task Who_puts_a_way_right_need_not_know_the_address_and_a_number_by_itself_leaves_the_others()
    {
        var (number, other) = (Given.Number(), Given.Number());
        var id = await api.RecordAsync(Offer(Given.Declined(), Phone(number), ByEmail, ByNurse));
        var hours = new JsonArray(new JsonObject { ["from"] = "10:00", ["to"] = "12:00" });
        (await api.PutAsync($"offers/{id}/contact", new JsonObject
        {
            ["routes"] = new JsonArray(
                new JsonObject { ["kind"] = "phone", ["confirmedInPerson"] = true, ["safeTimes"] = hours },
                new JsonObject { ["kind"] = "email", ["confirmedInPerson"] = true }),
        })).Must(200);
        var corrected = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal((E164(number), Email, "10:00:00"), (
            corrected["contact.phone"], corrected["contact.routes.1.email"], corrected["contact.safeTimes.0.from"]));
        Assert.Null(corrected["contact.routes.2.kind"]);

        // Of two of a kind each keeps its own, and a place is kept like an address.
        var met = await api.RecordAsync(Offer(
            Given.Declined(),
            new JsonObject { ["kind"] = "inPerson", ["place"] = "the library" },
            new JsonObject { ["kind"] = "inPerson", ["place"] = "the hub" }));
        var confirmed = new { kind = "inPerson", confirmedInPerson = true };
        (await api.PutAsync($"offers/{met}/contact", new { routes = new[] { confirmed, confirmed } })).Must(200);
        var kept = (await api.GetAsync($"offers/{met}")).Must(200);
        Assert.Equal(
            ("the library", "the hub", "true"),
            (kept["contact.routes.0.place"], kept["contact.routes.1.place"], kept["contact.routes.1.confirmedInPerson"]));

        (await api.PutAsync($"offers/{id}/contact", new { phone = other })).Must(200);
        var replaced = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal((E164(other), Email), (replaced["contact.phone"], replaced["contact.routes.1.email"]));
        Assert.DoesNotContain(E164(number), replaced.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_their_data_gets_every_way_and_nobody_else_does()
    {
        var id = await api.RecordAsync(Offer(Given.Declined(), ByEmail, ByNurse));
        var theirs = (await api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Must(200);
        Assert.Equal((Email, Nurse), (theirs["offer.contact.routes.0.email"], theirs["offer.contact.routes.1.professional"]));
        var others = (await api.GetAsync($"offers/{id}/export?reason=audit")).Must(200).Text;
        Assert.DoesNotContain(Email, others, StringComparison.Ordinal);
        Assert.DoesNotContain(Nurse, others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VCAS_gets_every_confirmed_way_in_the_second_version_and_one_number_in_the_first()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var own = new Api(app);
        await using var vcas = new VcasSide(app);
        var plain = await own.RecordAsync(Offer(Given.Accepted(), Phone("07700 900123")));
        var id = await own.RecordAsync(Offer(Given.Accepted(), ByNurse, Phone("07700 900456", isConfirmed: false), ByEmail));
        await app.WhenIdleAsync(Cancellation);
        var sent = (await vcas.TakeAsync()).ToDictionary(message => message.Subject, message => JsonNode.Parse(message.Body.ToString())!);
        Assert.Equal("uk.police.vcas.referral.made.v1", (string?)sent[$"{plain}"]["type"]);

        var whole = sent[$"{id}"];
        Assert.Equal("uk.police.vcas.referral.made.v2", (string?)whole["type"]);
        Assert.Equal(
            ["professional", "email"], whole["data"]!["contact"]!["routes"]!.AsArray().Select(route => (string?)route!["kind"]));
        Assert.Null(ReferralContract.Load().Read(new Incoming(
            System.Text.Encoding.UTF8.GetBytes(whole.ToJsonString()), "application/cloudevents+json", null)).Refusal);
        Assert.Empty((await Contract.SchemaAsync("referral.made.v2")).Validate(whole.ToJsonString()));
    }

    private static string E164(string number) => $"+44{number.Replace(" ", "")[1..]}";
}
