using System.Text.RegularExpressions;
using Vcas.Domain.Audit;
using VcasFunctions.Households;
using VcasFunctions.Problems;

namespace VcasFunctions.Offers;

/// <summary>Makes of a search what is compared, naming every field that needs correction at once. Never repeats a value.</summary>
internal static partial class SearchReader
{
    private const int Longest = 60;

    /// <summary>What is searched by, and why.</summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static (SearchKey Key, ReadReason Reason) Read(SearchRequest request)
    {
        var problems = new List<FieldProblem>();
        (string Field, SearchBy By, string? Text)[] fields =
        [
            ("phone", SearchBy.Phone, Given(request.Phone)),
            ("crimeReference", SearchBy.CrimeReference, Given(request.CrimeReference)),
            ("reference", SearchBy.Reference, Given(request.Reference)),
        ];
        var given = fields.Where(field => field.Text is not null).ToList();
        SearchKey? key = null;
        if (given is [var (field, by, text)]) key = KeyOf(field, by, text!, problems);
        else if (given.Count == 0) problems.Add(new FieldProblem("phone", "Give one of phone, crimeReference and reference."));
        else problems.AddRange(given.Select(many => new FieldProblem(many.Field, "Search by one of phone, crimeReference and reference.")));
        if (request.Reason is null)
            problems.Add(new FieldProblem("reason", $"Say why you look for it. {ExpectedValues.Of(typeof(ReadReason))}"));
        if (problems.Count > 0) throw new ProblemException(Problem.InvalidFields(problems));
        return (key!, request.Reason!.Value);
    }

    private static SearchKey? KeyOf(string field, SearchBy by, string text, List<FieldProblem> problems)
    {
        var (compared, advice) = by switch
        {
            SearchBy.Phone => Phone(text),
            SearchBy.CrimeReference => (CrimeReference(text), $"Letters and digits of the reference, at most {Longest} characters."),
            _ => (Reference(text), "CB- and six characters of 0 to 9 and A to F, such as CB-7F3A1C, or an offer's whole id."),
        };
        if (compared is not null) return new SearchKey(by, compared);
        problems.Add(new FieldProblem(field, advice));
        return null;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static (string? Number, string Advice) Phone(string text) =>
        PhoneNumberReader.Read(text, out var e164) is var fault and not PhoneFault.None
            ? (null, PhoneNumberReader.Advice(fault))
            : (e164, "");

    private static string? CrimeReference(string text) =>
        text.Length <= Longest && !text.Any(char.IsControl) && HouseholdIndex.Bare(text) is { Length: > 0 } bare ? bare : null;

    // It is said aloud and written by hand: an O in it can only be a nought, an I or an L only a one.
    private static string? Reference(string text)
    {
        if (text.Length > Longest) return null;
        if (Guid.TryParseExact(text, "D", out var id) || Guid.TryParseExact(text, "N", out id)) return id.ToString("D");
        var digits = Short().Match(text).Groups["digits"].Value.ToLowerInvariant();
        return digits.Length == 0 ? null : digits.Replace('o', '0').Replace('i', '1').Replace('l', '1');
    }

    [GeneratedRegex(
        @"^(CB[\s\p{Pd}_.:/]*)?(?<digits>[0-9A-FOIL]{6})\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();
}
