using System.Text;
using System.Text.Json;
using VcasFunctions.Access;
using VcasFunctions.Console;
using VcasFunctions.Description;
using VcasFunctions.Retention;
using VcasFunctions.Tests.BadInput;

namespace VcasFunctions.Tests.Access;

/// <summary>The matrix is whole, says what it is meant to say, and is what people read.</summary>
public sealed class AccessMatrixTests
{
    [Fact]
    public void Every_function_that_answers_HTTP_stands_in_it_once_and_nothing_else() => Assert.Equal(
        AppRoute.All.Concat(AppRoute.Pages).Select(route => route.Function).Distinct().Order(),
        AccessMatrix.All.Select(line => line.Function).Order());

    [Fact]
    public void A_function_that_does_not_stand_in_it_is_shut()
    {
        var line = AccessMatrix.Table.Of("AddedInAHurry");
        Assert.False(line.IsOpen);
        Assert.All(Enum.GetValues<Role>(), role => Assert.Equal(Reach.None, line.ReachOf(role)));
    }

    [Fact]
    public void Nothing_is_open_that_was_not_meant_to_be() =>
        Assert.Empty(AccessMatrix.All.Where(line => line.IsOpen)
            .Select(line => line.Function).Except([nameof(Health.ReadHealth), nameof(ServeConsole), "OpenFromTeams"]));

    [Fact]
    public void Whoever_reaches_everything_is_shown_no_person()
    {
        // What is answered with a household's people in it is for those alone whose household it is. An erasure is answered with what
        // is left, and that is no person; the export is for the person who asks for it, gives a reason and stands in the audit.
        var withPeople = Operations.All
            .Where(operation =>
                operation.Successes.Any(success => success.Body == typeof(Offers.OfferView) || success.Body == typeof(HouseholdExport)))
            .Select(operation => operation.Function);
        Assert.Equal(
            [nameof(EraseHousehold), nameof(ExportHousehold)],
            withPeople.Where(function => AccessMatrix.Table.Of(function).Grants.Any(grant => grant.Reach == Reach.Any)).Order());
    }

    [Fact]
    public void A_stolen_phone_shows_no_list_but_of_its_owners_own_offers_and_nobody_in_it()
    {
        // What an officer asks for and that names no household is answered with nobody's people; a list with the officer's own work alone.
        var unnamed = AppRoute.All.Where(route => route.Method == "GET" && !route.Template.Contains('{', StringComparison.Ordinal))
            .Where(route => AccessMatrix.Table.Of(route.Function) is { IsOpen: false } line && line.ReachOf(Role.Officer) != Reach.None)
            .Select(route => route.Function);
        Assert.Equal([nameof(Offers.FindMyOffers), nameof(ReadDescription), nameof(WhoAmI)], unnamed.Order());
        string[] shown = [.. new[] { typeof(Offers.MyOffer), typeof(Offers.FoundHousehold) }
            .SelectMany(view => view.GetProperties()).Select(property => property.Name).Distinct().Order()];
        Assert.Equal(
            [
                "Answer", "Became", "ClosingReason", "Mine", "NeedsSafeRoute", "NextOffer", "OfferId", "OfferedAt", "Reference",
                "ReferralState", "State", "Team",
            ],
            shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_that_people_read_is_the_one_that_the_app_goes_by()
    {
        var roles = Enum.GetValues<Role>();
        const string Officers = "the team whose `Vcas:Teams:{name}:GroupId` is a group of theirs; "
            + "with `Vcas:OtherTeams:GroupId` every team that has no name in the settings";
        const string Callers = "the call-back team whose `Vcas:CallBackTeams:{name}:GroupId` is a group of theirs; "
            + "households that are assigned to them in person";
        const string Source = "[`AccessMatrix`](../src/VcasFunctions/Description/AccessMatrix.cs)";
        const string Own = "A new offer without `team` is of the officer's own team where there is one";
        var text = new StringBuilder(
            $"""
            # Who may do what

            Printed from the one place in the code that decides it, {Source}; a test holds
            the two together. The roles are app roles of the registration in Entra ID: [how to register the app and give them
            out](operations/deploy.md).

            - **own**: households of the own teams. A household of another team's answers 404, exactly as one that isn't there.
            - **any**: everything that the function deals with. No function that shows a person is *any* for anybody, but the export of one
              household: it is made for the person whose data it is, and who made it and why stands in the audit.
            - **–**: 403. **open**: no sign-in is asked for. Without a valid token everything else answers 401.

            Whose team is whose, by the groups in the token and the settings:

            | role | own is |
            |---|---|
            | Officer | {Officers} |
            | Caller | {Callers} |
            | Supervisor | both of these, and the teams whose `Supervisor` or `Deputy` they are in the settings |

            {Own}; whoever is in several says which. The trail names the
            person by the directory's object id and, where they have several roles, the first in the line; no request says who sends it.


            """.ReplaceLineEndings("\n"));
        text.Append($"| what | function | {string.Join(" | ", roles)} |\n|---|---|{string.Concat(roles.Select(_ => "---|"))}\n");
        foreach (var line in AccessMatrix.All)
        {
            // The web pages are no part of the API: nothing of a household stands in them.
            var what = line.Function == nameof(ServeConsole) ? "Open the web pages"
                : line.Function == "OpenFromTeams" ? "Lead out of Teams to the web pages"
                : Operations.All.Single(operation => operation.Function == line.Function).Summary;
            text.Append(
                $"| {what} | `{line.Function}` | "
                + $"{string.Join(" | ", roles.Select(role => line.IsOpen ? "open" : Word(line.ReachOf(role))))} |\n");
        }

        Golden.Holds("docs/access.md", text.ToString());
    }

    [Fact]
    public void The_roles_of_the_registration_are_these()
    {
        var registered = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Root, "infra/entra/app-roles.json"))).RootElement
            .EnumerateArray().ToList();
        Assert.Equal(Enum.GetNames<Role>().Order(), registered.Select(role => role.GetProperty("value").GetString()!).Order());
        Assert.Equal(registered.Count, registered.Select(role => role.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal(["Vcas"], registered
            .Where(role => role.GetProperty("allowedMemberTypes").EnumerateArray().Any(kind => kind.GetString() == "Application"))
            .Select(role => role.GetProperty("value").GetString()));
    }

    private static string Word(Reach reach) => reach switch
    {
        Reach.OwnTeams => "own",
        Reach.Any => "any",
        _ => "–",
    };
}
