using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Tests.BadInput;

/// <summary>Every numbered refusal there is, in one list that people can read.</summary>
public sealed class ProblemCatalogueTests
{
    private static readonly DateTimeOffset Sample = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Problem> All = [.. OwnProblems().Concat(RuleProblems()).OrderBy(problem => problem.Code)];

    [Fact]
    public void Every_number_stands_for_one_problem()
    {
        Assert.True(All.Count >= 37, $"Only {All.Count} problems were found.");
        Assert.Empty(All.GroupBy(problem => problem.Code).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Empty(All.GroupBy(problem => problem.Title).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Every_problem_has_a_status_that_fits_its_number()
    {
        foreach (var problem in All)
        {
            Assert.True(
                (problem.Code / 1000) switch
                {
                    1 => problem.Status is >= 400 and < 500,
                    >= 2 and <= 5 => problem.Status is 409 or 422,
                    9 => problem.Status is >= 500,
                    _ => false,
                },
                $"{problem.Code} answers {problem.Status}.");
            Assert.Equal($"urn:vcas:problem:{problem.Code}", problem.Type);
        }
    }

    [Fact]
    public void The_catalogue_that_people_read_is_the_one_that_the_app_answers()
    {
        const string Fields = "`type`, `title`, `status`, `code` and `detail`";
        var text = new StringBuilder(
            $"""
            # Problems

            If the API refuses a request, it answers `application/problem+json` (RFC 9457) with {Fields}.
            If several fields or rows are wrong, `errors` names each of them. Nothing from a refused request is stored.

            - With status 400 or 422, change the request.
            - With status 409, look at the household's state first.
            - Codes: 1xxx is what was sent and who sent it, 2xxx offers, 3xxx call-backs, 4xxx referrals, 5xxx teams, 9xxx a fault on our
              side. A code never changes its meaning.

            | code | status | title | what to change |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var problem in All) text.Append($"| {problem.Code} | {problem.Status} | {problem.Title} | {problem.Detail} |\n");
        Golden.Holds("docs/problems.md", text.ToString());
    }

    // The members of Problem that make or are a problem, with something in place of what they are told.
    private static IEnumerable<Problem> OwnProblems()
    {
        foreach (var field in typeof(Problem).GetFields(BindingFlags.Public | BindingFlags.Static))
            yield return (Problem)field.GetValue(null)!;
        foreach (var method in typeof(Problem).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(Problem) && method.Name != nameof(Problem.Of)))
        {
            var arguments = method.GetParameters().Select(parameter => parameter.Name switch
            {
                "where" => (object)" (line 3)",
                "path" when method.Name == nameof(Problem.WrongValue) => "contact.voicemailAllowed",
                "path" => "contact.telephone",
                "name" when method.Name == nameof(Problem.WrongQuery) => "preview",
                "name" => "offerId",
                "what" => "offer",
                "place" => "Offers 7f3a1c52-0d3e-4c39-9a53-2f1f6f0f8c11 offer",
                "expected" when method.Name == nameof(Problem.WrongContentType) => "application/json",
                "expected" => ExpectedValues.Of(typeof(bool)),
                "isExpired" => false,
                "fault" => "noReferralMade",
                "errors" => new[] { new FieldProblem("contact.phone", "Give the number that was confirmed in person as safe.") },
                _ => throw new InvalidOperationException($"What {method.Name} is told as {parameter.Name} isn't known here."),
            });
            yield return (Problem)method.Invoke(null, [.. arguments])!;
        }
    }

    private static IEnumerable<Problem> RuleProblems() =>
        from type in typeof(IRule).Assembly.GetTypes()
        where type.IsAssignableTo(typeof(IRule)) && !type.IsAbstract
        select Problem.Of(new RuleBrokenException(Instance(type)));

    // Some messages quote a state, an instant or a limit.
    private static IRule Instance(Type type) => type.Name switch
    {
        nameof(CallBackMustBeDue) => new CallBackMustBeDue(SampleOffer(), Sample),
        nameof(OfferMustNotPrecedeTheScheme) =>
            new OfferMustNotPrecedeTheScheme(Sample, new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        nameof(LateOfferMustBeConfirmed) => new LateOfferMustBeConfirmed(Sample, Sample, new CallBackPolicy().LateOfferDays, false),
        nameof(KeptHouseholdMustBeFurtherOn) => new KeptHouseholdMustBeFurtherOn(SampleOffer(), SampleOffer()),
        nameof(OfferMustBeOpen) => new OfferMustBeOpen(HouseholdState.Closed),
        nameof(NextLookMustLieAhead) => new NextLookMustLieAhead(null, Sample, new CallBackPolicy().LongestHoldDays),
        _ => (IRule)RuntimeHelpers.GetUninitializedObject(type),
    };

    private static Household SampleOffer() => new()
    {
        Id = Guid.Empty,
        Course = new ContactCourse.Waiting(Sample),
        Details = new OfferDetails { Answer = OfferAnswer.Declined, OfferedAt = Sample, Team = "north" },
        RecordedAt = Sample,
        Policy = new CallBackPolicy(),
        Assignee = new Assignee("call-back", null),
    };
}
