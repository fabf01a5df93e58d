using System.Text.RegularExpressions;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Offers;

/// <summary>Makes the domain's words of a request, naming every field that needs correction at once.</summary>
public sealed partial class OfferReader
{
    private const int LongestCodeWord = 60;
    private const int LongestName = 120;
    private const int LongestText = 500;
    private const int MostPeople = 30;
    private const int MostSafeTimes = 14;

    private static readonly ContactRequest NothingSaid = new();

    private static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    private readonly List<FieldProblem> problems = [];

    /// <summary>The details of an offer; of <paramref name="defaultTeam"/> where it names none, which it must where that is null.</summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static OfferDetails Read(OfferRequest request, string? defaultTeam, DateTimeOffset now)
    {
        var reader = new OfferReader();
        var answer = reader.Need(request.Answer, "answer", "Say accepted, declined, notAsked or doNotContact.");
        var details = new OfferDetails
        {
            Answer = answer,
            OfferedAt = (request.OfferedAt ?? now).ToUniversalTime(),
            Team = reader.Team(request.Team) ?? defaultTeam ?? reader.TeamIsMissing(),
            CrimeReference = reader.Reference(request.CrimeReference),
            LawfulBasis = request.LawfulBasis,
            Members = reader.Members(request.Household),
            Contact = request.Contact is { } contact ? reader.Contact(contact) : null,
            Risks = [.. (request.Risks ?? []).Distinct()],
            ChildMayBeDirectVictim = request.ChildMayBeDirectVictim ?? false,
        };
        reader.Finish();
        if (ConsentReader.Read(request.Consent) is { } consent) details = details with { Consents = [consent] };
        return details;
    }

    /// <summary>A contact that came by itself. Where it says no number, that of the known one stays: nobody has to be shown it.</summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static SafeContact? Read(ContactRequest? request, SafeContact? known = null)
    {
        if (request is null) return null;
        var reader = new OfferReader();
        var contact = reader.Contact(request, known);
        reader.Finish();
        return contact;
    }

    /// <summary>A reference that came by itself.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static string? ReadReference(string? value, string field)
    {
        var reader = new OfferReader();
        var reference = reader.Reference(value, field);
        reader.Finish();
        return reference;
    }

    /// <summary>The details with what a correction replaces.</summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static OfferDetails Correct(OfferDetails details, DetailsRequest request)
    {
        var reader = new OfferReader();
        var corrected = details with
        {
            CrimeReference = request.CrimeReference is null ? details.CrimeReference : reader.Reference(request.CrimeReference),
            Members = request.Household is null ? details.Members : reader.Members(request.Household),
            Risks = request.Risks is null ? details.Risks : [.. request.Risks.Distinct()],
            ChildMayBeDirectVictim = request.ChildMayBeDirectVictim ?? details.ChildMayBeDirectVictim,
            Consents = ConsentReader.Correct(details.Consents, request.Consent),
        };
        reader.Finish();
        return corrected;
    }

    /// <summary>The details with what an amendment replaces.</summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static OfferDetails Amend(OfferDetails details, ContactRequest? contact, HouseholdRequest? household, IReadOnlyList<Risk>? risks)
    {
        var reader = new OfferReader();
        var amended = details with
        {
            Contact = contact is null ? details.Contact : reader.Contact(contact, details.Contact),
            Members = household is null ? details.Members : reader.Members(household),
            Risks = risks is null ? details.Risks : [.. risks.Distinct()],
        };
        reader.Finish();
        return amended;
    }

    private void Finish()
    {
        if (problems.Count > 0) throw new ProblemException(Problem.InvalidFields(problems));
    }

    private T Need<T>(T? value, string field, string message) where T : struct
    {
        if (value is null) problems.Add(new FieldProblem(field, message));
        return value.GetValueOrDefault();
    }

    private string? Text(string? value, string field, int longest)
    {
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > longest) problems.Add(new FieldProblem(field, $"At most {longest} characters."));
        if (text.Any(char.IsControl)) problems.Add(new FieldProblem(field, "No line breaks or control characters."));
        return text;
    }

    private string? Team(string? value)
    {
        var team = value?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(team)) return null;
        if (!TeamName().IsMatch(team))
            problems.Add(new FieldProblem("team", "A team's short name: letters, digits and hyphens, at most 60."));
        return team;
    }

    private string TeamIsMissing()
    {
        problems.Add(new FieldProblem("team", "Say for which of your teams."));
        return "";
    }

    private string? Reference(string? value, string field = "crimeReference")
    {
        var reference = value?.Trim();
        if (string.IsNullOrEmpty(reference)) return null;
        if (!CrimeReference().IsMatch(reference))
            problems.Add(
                new FieldProblem(field, "Letters, digits, blanks, / . _ and -, at most 60. Never the offence, never the suspect."));
        return reference;
    }

    private HouseholdMembers Members(HouseholdRequest? request)
    {
        if (request?.People is not { Count: > 0 } people) return HouseholdMembers.Unknown;
        if (people.Count > MostPeople)
        {
            problems.Add(new FieldProblem("household.people", $"At most {MostPeople} people."));
            return HouseholdMembers.Unknown;
        }

        return new HouseholdMembers([.. people.Select((person, index) => new HouseholdMember(
            Need(person?.Relationship, $"household.people[{index}].relationship", "Say how this person stands to the suspect."),
            Need(person?.AgeBand, $"household.people[{index}].ageBand", "Give an age band; adult will do.")))]);
    }

    private SafeContact Contact(ContactRequest request, SafeContact? known = null)
    {
        var phone = "";
        // A contact in which nothing stands is no correction: it would take away all that is known of how to reach them.
        if (request.Phone is null && known is not null && request != NothingSaid)
            phone = known.Phone;
        else if (string.IsNullOrWhiteSpace(request.Phone))
            problems.Add(new FieldProblem("contact.phone", "Give the number that was confirmed in person as safe."));
        else if (PhoneNumberReader.Read(request.Phone, out var e164) is var fault and not PhoneFault.None)
            problems.Add(new FieldProblem("contact.phone", PhoneNumberReader.Advice(fault)));
        else
            phone = e164!;

        return new SafeContact(
            Text(request.Name, "contact.name", LongestName),
            phone,
            request.VoicemailAllowed ?? false,
            SafeTimes(request.SafeTimes ?? []),
            Text(request.CodeWord, "contact.codeWord", LongestCodeWord),
            Text(request.WhoElseMayAnswer, "contact.whoElseMayAnswer", LongestText),
            Language(request.InterpreterLanguage),
            Text(request.AccessibilityNeeds, "contact.accessibilityNeeds", LongestText),
            request.AgeBand,
            request.IsGuardian ?? false,
            request.Relationship);
    }

    private IReadOnlyList<SafeTime> SafeTimes(IReadOnlyList<SafeTimeRequest?> requests)
    {
        if (requests.Count > MostSafeTimes)
        {
            problems.Add(new FieldProblem("contact.safeTimes", $"At most {MostSafeTimes} of them."));
            return [];
        }

        return [.. requests.Select((request, index) =>
        {
            var field = $"contact.safeTimes[{index}]";
            var from = Need(request?.From, $"{field}.from", "Give the time from which a call is safe, such as 09:30.");
            var to = Need(request?.To, $"{field}.to", "Give the time until which a call is safe, such as 12:00.");
            if (request is { From: not null, To: not null } && from >= to)
                problems.Add(new FieldProblem(field, "from must lie before to."));
            return new SafeTime(request?.Days is { Count: > 0 } days ? [.. days.Distinct()] : EveryDay, from, to);
        })];
    }

    private string? Language(string? value)
    {
        var language = value?.Trim();
        if (string.IsNullOrEmpty(language)) return null;
        if (!LanguageTag().IsMatch(language))
            problems.Add(new FieldProblem("contact.interpreterLanguage", "A language tag such as pl, ro or pa-Guru."));
        return language;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,59}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TeamName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9 /._-]{0,59}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CrimeReference();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageTag();
}
