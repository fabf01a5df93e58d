using System.Runtime.CompilerServices;
using System.Text;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

/// <summary>Every rule of the domain, found by reflection: unique numbers in their folders' ranges, and messages that help.</summary>
public sealed class RuleCatalogueTests
{
    private static readonly IReadOnlyList<IRule> All = [.. typeof(IRule).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IRule)) && !type.IsAbstract)
        .Select(type => (IRule)RuntimeHelpers.GetUninitializedObject(type))
        .OrderBy(rule => rule.Code)];

    // A message begins by what to do, or says in a sentence of its own what can still be done or where to look.
    private static readonly string[] Advice =
        [
            "Give ", "Check ", "Record ", "Release ", "Make ", "Agree ", "record ", "Look at", "look at", "send ",
            "Send ", "needs ", "must ", "can still", "can be", "You can ", "Do not ", "Say ", "withdraw ",
        ];

    [Fact]
    public void There_are_rules_to_look_at() => Assert.True(All.Count >= 24, $"Only {All.Count} rules were found.");

    [Fact]
    public void Every_number_stands_for_one_rule() => Assert.Equal(All.Count, All.Select(rule => rule.Code).Distinct().Count());

    [Fact]
    public void Every_number_lies_in_the_range_of_its_folder()
    {
        foreach (var rule in All)
        {
            var thousand = rule.Code / 1000;
            var folder = rule.GetType().Namespace!.Split('.')[^1];
            // What several folders ask stands beneath them, with the household.
            Assert.True(
                (folder, thousand) is ("Households", 2 or 3) or ("Offers", 2) or ("CallBacks", 3) or ("Referrals", 4) or ("Teams", 5),
                $"{rule.GetType().Name} is {rule.Code} in {folder}.");
        }
    }

    [Fact]
    public void Every_name_is_a_sentence_and_a_test_file_bears_it()
    {
        var tests = typeof(RuleCatalogueTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        foreach (var name in All.Select(rule => rule.GetType().Name))
        {
            Assert.True(name.Contains("Must", StringComparison.Ordinal), $"{name} doesn't say what must be.");
            Assert.True(tests.Contains($"{name}Tests"), $"{name} has no {name}Tests.");
        }
    }

    [Fact]
    public void Every_message_is_a_sentence_that_says_what_to_change()
    {
        foreach (var rule in All)
        {
            var message = MessageOf(rule);
            Assert.True(message.EndsWith('.') && message.Length > 20, $"{rule.Code} says no sentence: {message}");
            Assert.True(
                Advice.Any(advice => message.Contains(advice, StringComparison.Ordinal)), $"{rule.Code} says nothing to do: {message}");
        }
    }

    [Fact]
    public void No_refusal_and_no_text_of_an_offer_tells_of_a_person()
    {
        var secrets = new[]
        {
            Given.Contact.Name!, Given.Contact.Phone!, Given.Contact.CodeWord!, Given.Contact.WhoElseMayAnswer!, "CRI/0001/23",
        };
        var course = new Course();
        string[] texts =
        [
            course.Household.ToString(), course.Household.Details.ToString(), Given.Contact.ToString(), Given.Details().Members.ToString(),
            new SafeRouteMustBeGiven(null, Given.Contact).ToString(),
            new ContactMustNotBeAChild(Given.Details().Members, Given.Contact).ToString(),
            new WrongNumberMustBeReplaced(null, Given.Contact, Given.Contact).ToString(),
            new RuleBrokenException(new CallBackMustBeDue(course.Household, course.Now)).ToString(),
            new RuleBrokenException(new ContactMustNotBeAChild(Given.Details().Members, Given.Contact)).ToString(),
            string.Join(' ', course.Trail), new Transition(course.Household, []).ToString(),
        ];
        foreach (var text in texts) Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_title_is_the_rules_name_as_words() =>
        Assert.Equal(
            "Call back must be due", new RuleBrokenException(new CallBackMustBeDue(new Course().Household, Given.OfferedAt)).Title);

    [Fact]
    public void The_table_of_all_rules_is_the_one_that_people_read()
    {
        var table = new StringBuilder(
            "# Rules\n\nWhy a command is refused. `Request`: change what was sent; `State`: look at the household first.\n\n");
        table.Append("| code | rule | kind | message |\n|---|---|---|---|\n");
        foreach (var rule in All) table.Append($"| {rule.Code} | {rule.GetType().Name} | {rule.Kind} | {MessageOf(rule)} |\n");
        Golden.Holds("Rules.md", table.ToString());
    }

    // Two messages quote the offer or the beginning of the scheme; everything else is the same for every household.
    private static string MessageOf(IRule rule) => rule switch
    {
        CallBackMustBeDue => new CallBackMustBeDue(new Course().Household, Given.OfferedAt).Message,
        OfferMustNotPrecedeTheScheme => new OfferMustNotPrecedeTheScheme(Given.OfferedAt, Given.SchemeStart).Message,
        LateOfferMustBeConfirmed =>
            new LateOfferMustBeConfirmed(Given.OfferedAt, Given.OfferedAt, Given.Policy.LateOfferDays, false).Message,
        DisclosureHoldMustBeReleased => new DisclosureHoldMustBeReleased(
            new DisclosureHold(DisclosureReason.Cpia, Given.OfferedAt, Given.DueAt)).Message,
        OfferMustBeOpen => new OfferMustBeOpen(HouseholdState.Closed).Message,
        NextLookMustLieAhead => new NextLookMustLieAhead(null, Given.OfferedAt, Given.Policy.LongestHoldDays).Message,
        KeptHouseholdMustBeFurtherOn => new KeptHouseholdMustBeFurtherOn(new Course().Household, new Course().Household).Message,
        _ => rule.Message,
    };
}
