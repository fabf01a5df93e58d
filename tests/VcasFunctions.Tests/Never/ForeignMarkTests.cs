using System.Text.Json;
using System.Text.Json.Nodes;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Tests.Access;

namespace VcasFunctions.Tests.Never;

/// <summary>
/// What one team's household asked about a number, and what another team's people are told: their officers and callers nothing, in state,
/// words and dates; the household's supervisor all.
/// </summary>
public sealed class ForeignMarkTests(AccessApp app) : IClassFixture<AccessApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SouthOfficer => app.Token([Role.Officer], [AccessApp.South]);

    private string SouthCaller => app.Token([Role.Caller], [AccessApp.SouthCalls]);

    private string SouthSupervisor => app.Token([Role.Supervisor], [AccessApp.South]);

    private string NorthSupervisor => app.Token([Role.Supervisor], [AccessApp.North]);

    [Theory]
    [InlineData("declined")]
    [InlineData("notAsked")]
    public async Task Officers_and_callers_get_the_same_bytes_for_a_barred_number_and_a_free_one(string answer)
    {
        var (barred, free) = (Given.Number(), Given.Number());
        await BarAsync(barred);
        var (ofBarred, ofFree) = (await CourseAsync(barred), await CourseAsync(free));
        Assert.Equal(ofFree, ofBarred);

        // What is answered to an officer and a caller, but for the id and the number that they gave themselves.
        async Task<IReadOnlyList<string>> CourseAsync(string number)
        {
            var id = Guid.NewGuid();
            var body = Given.Declined(number).With("answer", answer).With("risks", new JsonArray("violence"));
            var answers = new List<ApiAnswer>
            {
                (await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{id}", body)).Answer,
                (await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{id}", body)).Answer,
            };
            await app.App.WhenIdleAsync(Cancellation);
            foreach (var token in new[] { SouthOfficer, SouthCaller })
            {
                answers.Add((await app.SendAsync(token, "GET", $"/api/offers/{id}")).Answer);
                answers.Add((await app.SendAsync(token, "POST", $"/api/offers/{id}/withdrawal", new { reason = "noSuchReason" })).Answer);
            }

            answers.Add((await app.SendAsync(SouthCaller, "POST", $"/api/call-backs/{id}/attempts", Given.Attempt("noAnswer"))).Answer);
            answers.Add((await app.SendAsync(SouthCaller, "DELETE", $"/api/call-backs/{id}/hold")).Answer);
            answers.Add(await RowAsync(SouthCaller, id, "waiting"));
            answers.Add(await RowAsync(SouthCaller, id, "held"));
            // A hold of one's own, and its end, are as they would be without.
            answers.Add((await app.SendAsync(
                SouthCaller,
                "PUT",
                $"/api/call-backs/{id}/hold",
                new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(7) })).Answer);
            answers.Add(await RowAsync(SouthCaller, id, "held"));
            answers.Add(await RowAsync(SouthCaller, id, "waiting"));
            answers.Add((await app.SendAsync(SouthCaller, "DELETE", $"/api/call-backs/{id}/hold")).Answer);
            answers.Add((await app.SendAsync(SouthOfficer, "GET", $"/api/offers/{id}")).Answer);
            answers.Add((await app.SendAsync(SouthOfficer, "POST", $"/api/offers/{id}/acceptance", new { })).Answer);
            return [.. answers.Select(one => $"{one.Status} {Neutral(one.Text, id)}")];
        }

        string Neutral(string text, Guid id)
        {
            var e164 = new[] { barred, free }
                .Select(number => VcasFunctions.Offers.PhoneNumberReader.TryRead(number, out var read) ? read : "");
            text = text.Replace(id.ToString(), "ID", StringComparison.OrdinalIgnoreCase)
                .Replace(Vcas.Domain.Households.Household.ReferenceOf(id), "CB", StringComparison.Ordinal);
            return e164.Aggregate(text, (now, number) => now.Replace(number, "NUMBER", StringComparison.Ordinal));
        }

        async Task<ApiAnswer> RowAsync(string token, Guid id, string state)
        {
            var list = (await app.SendAsync(token, "GET", $"/api/call-backs?state={state}&limit=200")).Answer.Must(200);
            var row = list.Json.GetProperty("callBacks")
                .EnumerateArray().Where(call => call.GetProperty("offerId").GetGuid() == id).Select(call => call.GetRawText());
            return list with { Text = string.Join("", row) };
        }
    }

    [Fact]
    public async Task The_households_own_supervisor_alone_sees_the_hold_its_reason_and_what_caused_it()
    {
        var number = Given.Number();
        var causing = await BarAsync(number);
        var id = Guid.NewGuid();
        var recorded = (await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{id}", Given.Declined(number))).Answer.Must(201);
        Assert.Equal("waiting", recorded["state"]);
        Assert.Null(recorded["remark"]);

        var seen = (await app.SendAsync(SouthSupervisor, "GET", $"/api/offers/{id}")).Answer.Must(200);
        Assert.Equal(("held", "neverToBeCalled", causing.ToString()), (seen["state"], seen["hold.reason"], seen["hold.causedBy"]));
        Assert.DoesNotContain("\"phone\":", seen.Text, StringComparison.Ordinal);
        var held = seen.Json.GetProperty("trail")
            .EnumerateArray().Single(entry => entry.GetProperty("event").GetString() == "callBackHeld").GetProperty("data");
        Assert.Equal((causing, "officer"), (held.GetProperty("causedBy").GetGuid(), held.GetProperty("by").GetString()));
        Assert.Contains(
            id.ToString(),
            (await app.SendAsync(SouthSupervisor, "GET", "/api/call-backs?state=held&limit=200")).Answer.Must(200).Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            id.ToString(),
            (await app.SendAsync(SouthSupervisor, "GET", "/api/call-backs?state=waiting&limit=200")).Answer.Must(200).Text,
            StringComparison.Ordinal);
        (await app.SendAsync(NorthSupervisor, "GET", $"/api/offers/{id}")).Answer.MustRefuse(404, 1006);
    }

    [Fact]
    public async Task The_supervisor_decides_and_what_they_decided_holds_against_that_mark_and_no_other()
    {
        var number = Given.Number();
        await BarAsync(number);
        var id = Guid.NewGuid();
        (await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{id}", Given.Declined(number))).Answer.Must(201);
        Assert.Equal("waiting", (await app.SendAsync(SouthSupervisor, "DELETE", $"/api/call-backs/{id}/hold")).Answer.Must(200)["state"]);
        Assert.Equal("waiting", (await app.SendAsync(SouthSupervisor, "GET", $"/api/offers/{id}")).Answer.Must(200)["state"]);

        await BarAsync(number);
        Assert.Equal("held", (await app.SendAsync(SouthSupervisor, "GET", $"/api/offers/{id}")).Answer.Must(200)["state"]);
    }

    [Theory]
    [InlineData("neverToBeCalled")]
    [InlineData("likelyDuplicate")]
    public async Task Nobody_gives_such_a_reason_by_hand(string reason)
    {
        var id = await app.Api.RecordAsync(Given.Declined().With("team", "south"));
        (await app
            .SendAsync(SouthSupervisor, "PUT", $"/api/call-backs/{id}/hold", new { reason, reviewAt = Given.Monday.AddDays(7) })).Answer
            .MustRefuse(422, 3031);
    }

    [Fact]
    public async Task A_supervisor_takes_it_back_with_a_reason_and_another_team_can_not()
    {
        var number = Given.Number();
        var causing = await BarAsync(number);
        var id = await app.Api.RecordAsync(Given.Declined(number).With("team", "south"));
        (await app.SendAsync(SouthSupervisor, "POST", $"/api/offers/{causing}/never/withdrawal", new { reason = "recordedInError" })).Answer
            .MustRefuse(404, 1006);
        (await app.SendAsync(NorthSupervisor, "POST", $"/api/offers/{causing}/never/withdrawal", new { })).Answer.MustRefuse(422, 1005);
        Assert.Equal("held", await app.Api.StateAsync(id));
        (await app.SendAsync(
            NorthSupervisor, "POST", $"/api/offers/{causing}/never/withdrawal", new { reason = "numberReassigned" })).Answer.Must(200);
        Assert.Equal("waiting", await app.Api.StateAsync(id));
        (await app.SendAsync(NorthSupervisor, "POST", $"/api/offers/{causing}/never/withdrawal", new { reason = "other" })).Answer
            .MustRefuse(409, 2031);
    }

    [Fact]
    public async Task A_second_acceptance_is_remarked_on_to_the_own_team_alone()
    {
        var number = Given.Number();
        var first = Guid.NewGuid();
        (await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{first}", Given.Declined(number))).Answer.Must(201);
        var north = (await app.SendAsync(app
            .Token([Role.Officer], [AccessApp.North]), "PUT", $"/api/offers/{Guid.NewGuid()}", Given.Accepted(number))).Answer.Must(201);
        Assert.Null(north["remark"]);
        var south = (await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{Guid.NewGuid()}", Given.Accepted(number))).Answer.Must(201);
        Assert.Contains(Vcas.Domain.Households.Household.ReferenceOf(first), south["remark"], StringComparison.Ordinal);
    }

    private async Task<Guid> BarAsync(string number)
    {
        var id = Guid.NewGuid();
        var body = new { answer = "doNotContact", contact = new { phone = number } };
        var answer = (await app.SendAsync(app.Token([Role.Officer], [AccessApp.North]), "PUT", $"/api/offers/{id}", body)).Answer.Must(201);
        Assert.Equal("closed", answer["state"]);
        return id;
    }
}
