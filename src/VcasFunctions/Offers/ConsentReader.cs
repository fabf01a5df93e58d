using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Problems;

namespace VcasFunctions.Offers;

/// <summary>Makes the domain's words of what somebody said yes or no to.</summary>
public static class ConsentReader
{
    /// <summary>What was said; null where nothing was sent.</summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static Consent? Read(ConsentRequest? request)
    {
        if (request is null) return null;
        var problems = new List<FieldProblem>();
        if (IsEmpty(request))
            problems.Add(new FieldProblem("consent", "Say what they said yes or no to in yesTo or noTo, or leave consent out."));
        if (request.WordsVersion is { } version && !LawOptionsValidator.IsVersion(version))
            problems.Add(new FieldProblem("consent.wordsVersion", "The version's name: letters, digits, dots and hyphens, at most 30."));
        if (problems.Count > 0) throw new ProblemException(Problem.InvalidFields(problems));
        return new Consent
        {
            WordsVersion = request.WordsVersion,
            YesTo = [.. (request.YesTo ?? []).Distinct().Order()],
            NoTo = [.. (request.NoTo ?? []).Distinct().Order()],
            By = request.By,
            At = request.At?.ToUniversalTime(),
            How = request.How,
        };
    }

    /// <summary>
    /// What was said, with a correction in the place of the newest: one in which nothing stands takes it away. Without one all stays.
    /// </summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static IReadOnlyList<Consent> Correct(IReadOnlyList<Consent> known, ConsentRequest? request)
    {
        if (request is null) return known;
        var others = known.Take(known.Count - 1);
        return request == new ConsentRequest() ? [.. others] : [.. others, Read(request)!];
    }

    private static bool IsEmpty(ConsentRequest request) => request is { YesTo: null or { Count: 0 }, NoTo: null or { Count: 0 } };
}
