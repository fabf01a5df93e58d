using System.Text.RegularExpressions;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Offers;

/// <summary>Makes the domain's words of a request, naming every field that needs correction at once.</summary>
public sealed partial class OfferReader
{
    private const int MostPeople = 30;
    private const int LongestOfficer = 100;

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
            OfficerInCase = reader.Officer(request.OfficerInCase),
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

    /// <summary>
    /// The numbers (E.164) that a contact brings, where it brings any; it is then refused where it can't be right of any household, before
    /// one is looked for.
    /// </summary>
    /// <exception cref="ProblemException">Fields need correction; each is named.</exception>
    public static IReadOnlyList<string> ReadNumbers(ContactRequest? request)
    {
        if (request is null || (request.Phone is null && request.Routes?.All(route => route?.Phone is null) != false)) return [];
        var reader = new OfferReader();
        var contact = reader.Contact(request, Unseen);
        reader.Finish();
        return [.. contact.Routes.Select(route => route.Phone).Where(phone => !string.IsNullOrEmpty(phone)).OfType<string>().Distinct()];
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
            OfficerInCase = request.OfficerInCase is null ? details.OfficerInCase : reader.Officer(request.OfficerInCase),
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

    private string? Officer(string? value) => Text(value, "officerInCase", LongestOfficer);

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

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,59}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TeamName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9 /._-]{0,59}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CrimeReference();
}
