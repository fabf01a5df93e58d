using System.Text.Json.Nodes;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Tests.Access;

namespace VcasFunctions.Tests.Routes;

/// <summary>One household recorded twice is pointed out at the door, and merged in one press; other teams' are told of to nobody.</summary>
public sealed class DuplicateRouteTests(AccessApp app) : IClassFixture<AccessApp>
{
    private string SouthOfficer => app.Token([Role.Officer], [AccessApp.South]);

    private string SouthSupervisor => app.Token([Role.Supervisor], [AccessApp.South]);

    private string NorthSupervisor => app.Token([Role.Supervisor], [AccessApp.North]);

    [Fact]
    public async Task Whoever_records_is_told_what_is_alike_and_the_audit_keeps_that()
    {
        var (number, crime) = (Given.Number(), Reference());
        var same = await RecordAsync(SouthOfficer, Given.Declined(number).With("crimeReference", crime));
        var another = await RecordAsync(SouthOfficer, Given.Declined().With("crimeReference", $" {crime.ToLowerInvariant()} "));
        var answer = await PutAsync(SouthOfficer, Guid.NewGuid(), Given.Declined(number).With("crimeReference", crime));
        Assert.Equal(
            [
                (same.ToString(), "sameHousehold", "waiting", true, true),
                (another.ToString(), "sameCase", "waiting", false, true),
            ],
            Alike(answer));
        Assert.DoesNotContain("\"phone\":", answer.Text, StringComparison.Ordinal);
        var audit = await app.SendAsync(app.Token([Role.Auditor], []), "GET", "/api/audit?from=2024-01-01&to=2024-12-31");
        Assert.Contains("likenessShown", audit.Answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(crime, audit.Answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_number_that_is_corrected_and_a_corrected_reference_point_it_out_too()
    {
        var (number, crime) = (Given.Number(), Reference());
        var known = await RecordAsync(SouthOfficer, Given.Declined(number).With("crimeReference", crime));
        var id = await RecordAsync(SouthOfficer, Given.Declined());
        var contact = await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{id}/contact", new { phone = number });
        Assert.Equal([(known.ToString(), "sameHousehold", "waiting", true, false)], Alike(contact.Answer.Must(200)));
        var details = await app.SendAsync(SouthOfficer, "PUT", $"/api/offers/{id}/details", new { crimeReference = crime });
        Assert.Equal([(known.ToString(), "sameCase", "waiting", false, true)], Alike(details.Answer.Must(200)));
    }

    [Fact]
    public async Task Another_teams_household_is_told_of_to_nobody_in_the_same_bytes()
    {
        var (known, free, crime) = (Given.Number(), Given.Number(), Reference());
        await RecordAsync(NorthSupervisor, Given.Declined(known).With("crimeReference", crime));
        var id = Guid.NewGuid();
        var other = Guid.NewGuid();
        var ofKnown = await PutAsync(SouthOfficer, id, Given.Declined(known).With("crimeReference", crime));
        var ofFree = await PutAsync(SouthOfficer, other, Given.Declined(free).With("crimeReference", crime + "X"));
        Assert.Equal(
            ofFree.Text.Replace($"{other}", $"{id}", StringComparison.Ordinal)
                .Replace(Household.ReferenceOf(other), Household.ReferenceOf(id), StringComparison.Ordinal)
                .Replace(crime + "X", crime, StringComparison.Ordinal),
            ofKnown.Text);
    }

    [Fact]
    public async Task In_one_press_the_other_ends_and_what_it_knew_goes_over_and_again_changes_nothing()
    {
        var (number, crime) = (Given.Number(), Reference());
        var kept = await RecordAsync(SouthOfficer, new { answer = "declined" });
        var duplicate = await RecordAsync(
            SouthOfficer, Given.Declined(number).With("crimeReference", crime).With("risks", new JsonArray("violence")));
        for (var time = 0; time < 2; time++)
        {
            var merged = (await MergeAsync(duplicate, kept)).Must(200);
            Assert.Equal(
                ("closed", "withdrawn", "duplicate", kept.ToString()),
                (merged["state"], merged["closing.reason"], merged["closing.withdrawal"], merged["closing.duplicateOf"]));
        }

        var now = (await app.SendAsync(SouthSupervisor, "GET", $"/api/offers/{kept}?reason=supervision")).Answer.Must(200);
        Assert.Equal(
            ("waiting", crime, "phone", "1"), (now["state"], now["crimeReference"], now["road"], now["danger.number"]));
        Assert.Equal(duplicate.ToString(), now.Json.GetProperty("duplicates")[0].GetProperty("offerId").GetString());
        Assert.Equal(1, now.Json.GetProperty("trail").EnumerateArray()
            .Count(entry => entry.GetProperty("event").GetString() == "duplicateTakenOver"));
        // What is merged is pointed out no longer.
        var alike = await PutAsync(SouthOfficer, Guid.NewGuid(), Given.Declined(number));
        Assert.Equal([kept.ToString()], Alike(alike).Select(other => other.Id));
    }

    [Fact]
    public async Task A_yes_is_never_merged_into_a_household_that_waits()
    {
        var number = Given.Number();
        var waiting = await RecordAsync(SouthOfficer, Given.Declined(number));
        var accepted = await RecordAsync(SouthOfficer, Given.Accepted(number));
        (await MergeAsync(accepted, waiting)).MustRefuse(409, 2053);
        (await MergeAsync(waiting, accepted)).Must(200);
    }

    [Fact]
    public async Task Both_must_be_ones_own_and_the_answer_does_not_tell_whether_the_other_is_there()
    {
        var own = await RecordAsync(SouthOfficer, Given.Declined());
        var north = await RecordAsync(NorthSupervisor, Given.Declined());
        foreach (var (id, of) in new[] { (own, north), (north, own), (own, Guid.NewGuid()) })
            (await app.SendAsync(SouthSupervisor, "POST", $"/api/offers/{id}/duplicate", new { of })).Answer.Must(404);
        Assert.Equal(
            "waiting", (await app.SendAsync(SouthSupervisor, "GET", $"/api/offers/{own}?reason=supervision")).Answer.Must(200)["state"]);
    }

    private async Task<ApiAnswer> MergeAsync(Guid duplicate, Guid kept) =>
        (await app.SendAsync(SouthOfficer, "POST", $"/api/offers/{duplicate}/duplicate", new { of = kept })).Answer;

    private static string Reference() => $"OPX/{Guid.NewGuid():N}"[..14].ToUpperInvariant();

    private async Task<Guid> RecordAsync(string token, object offer)
    {
        var id = Guid.NewGuid();
        await PutAsync(token, id, offer);
        return id;
    }

    private async Task<ApiAnswer> PutAsync(string token, Guid id, object offer) =>
        (await app.SendAsync(token, "PUT", $"/api/offers/{id}", offer)).Answer.Must(201);

    private static IEnumerable<(string Id, string Likeness, string State, bool SameNumber, bool SameCase)> Alike(ApiAnswer answer) =>
        answer.Json.TryGetProperty("alike", out var alike)
            ? alike.EnumerateArray().Select(other => (
                other.GetProperty("offerId").GetString()!,
                other.GetProperty("likeness").GetString()!,
                other.GetProperty("state").GetString()!,
                other.GetProperty("sameNumber").GetBoolean(),
                other.GetProperty("sameCase").GetBoolean()))
            : [];
}
