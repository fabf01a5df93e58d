using System.Text.Json.Serialization;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;
using VcasFunctions.Households;

namespace VcasFunctions.Referrals;

/// <summary>
/// A CloudEvents 1.0 envelope, structured JSON, as published under <c>contracts</c>. Its id is the queue's message id too, so
/// that a message sent again is the same message.
/// </summary>
/// <typeparam name="T">The data's shape, by the message's type.</typeparam>
public sealed record ReferralMessage<T>
{
    /// <summary>CloudEvents' own version.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary><c>{referralId}/{purpose}</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>uk.police.vcas.referral.made.v1</c> and its fellows.</summary>
    public required string Type { get; init; }

    /// <summary>Which force sends it.</summary>
    public required string Source { get; init; }

    /// <summary>The referral's id.</summary>
    public required string Subject { get; init; }

    /// <summary>When the event happened, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The content type of the data.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; init; } = "application/json";

    /// <summary>The published schema of the whole message; nothing is fetched from it.</summary>
    [JsonPropertyName("dataschema")]
    public string? DataSchema { get; init; }

    /// <summary>The body of the message.</summary>
    public required T Data { get; init; }
}

/// <summary>How the contract names the types of its messages.</summary>
internal static class ReferralType
{
    /// <summary>With what all of them begin.</summary>
    public const string Prefix = "uk.police.vcas.referral.";

    /// <summary>The type of this name, in the version that is spoken here.</summary>
    public static string Of(string name, int version = 1) => $"{Prefix}{name}.v{version}";
}

/// <summary>What VCAS needs to call a household. Never the offence, never the suspect.</summary>
public sealed record ReferralData
{
    /// <summary>The referral's id.</summary>
    public required Guid ReferralId { get; init; }

    /// <summary>1 when made, one more with each amendment.</summary>
    public required int Version { get; init; }

    /// <summary>How it is to be handled.</summary>
    public string Marking { get; init; } = "OFFICIAL-SENSITIVE";

    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The team that refers.</summary>
    public required ReferrerData ReferredBy { get; init; }

    /// <summary>When the household accepted, UTC.</summary>
    public required DateTime AcceptedAt { get; init; }

    /// <summary>At which point the household accepted.</summary>
    public required AcceptedWhen AcceptedWhen { get; init; }

    /// <summary>The ground for the disclosure: a word, or that none is set.</summary>
    public required string LawfulBasis { get; init; }

    /// <summary>Who lives there.</summary>
    public required HouseholdData Household { get; init; }

    /// <summary>How the household can be reached safely.</summary>
    public required ContactData Contact { get; init; }

    /// <summary>What a caller must know.</summary>
    public required IReadOnlyList<Risk> Risks { get; init; }

    /// <summary>What a household's referral discloses, in one of its versions.</summary>
    public static ReferralData Of(Household household, Referral referral, int version)
    {
        var (details, acceptance, contact) = (household.Details, referral.Acceptance, household.Details.Contact!);
        return new ReferralData
        {
            ReferralId = referral.Id,
            Version = version,
            CrimeReference = details.CrimeReference,
            ReferredBy = new ReferrerData(details.Team),
            AcceptedAt = acceptance.At.UtcDateTime,
            AcceptedWhen = acceptance.When,
            LawfulBasis = LawNote.GroundOf(household),
            Household = new HouseholdData(
                [.. details.Members.People.Select(person => new PersonData(person.Relationship, person.AgeBand))]),
            Contact = ContactData.Of(contact),
            Risks = details.Risks,
        };
    }

    /// <summary>Only the id, so that no log shows a person.</summary>
    public override string ToString() => ReferralId.ToString();
}

/// <summary>The team that refers.</summary>
public sealed record ReferrerData(string Team);

/// <summary>The people who live in the household.</summary>
public sealed record HouseholdData(IReadOnlyList<PersonData> People);

/// <summary>One person of the household, without a name.</summary>
public sealed record PersonData(Relationship Relationship, AgeBand AgeBand);

/// <summary>How the household can be reached safely.</summary>
public sealed record ContactData
{
    /// <summary>The person to ask for.</summary>
    public string? Name { get; init; }

    /// <summary>Version 1: the phone number, E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Version 1: whether a voicemail may be left; false unless they agreed.</summary>
    public bool? VoicemailAllowed { get; init; }

    /// <summary>Version 1: when a call is safe, London.</summary>
    public IReadOnlyList<SafeTimeData>? SafeTimes { get; init; }

    /// <summary>Version 2: every way to reach them that was confirmed in person.</summary>
    public IReadOnlyList<RouteData>? Routes { get; init; }

    /// <summary>The contract's version in which all of it can be said: one number alone is version 1.</summary>
    [JsonIgnore]
    public int ContractVersion => Routes is null ? 1 : 2;

    /// <summary>Tells the household who calls.</summary>
    public string? CodeWord { get; init; }

    /// <summary>Who else may answer the phone.</summary>
    public string? WhoElseMayAnswer { get; init; }

    /// <summary>The language's name in English, for the person who books an interpreter.</summary>
    public string? InterpreterLanguage { get; init; }

    /// <summary>What makes a call possible.</summary>
    public string? AccessibilityNeeds { get; init; }

    /// <summary>Whether the contact is a guardian who speaks for children.</summary>
    public required bool IsGuardian { get; init; }

    /// <summary>The contact's relationship to the suspect.</summary>
    public Relationship? Relationship { get; init; }

    /// <summary>The contact as VCAS gets it.</summary>
    public static ContactData Of(SafeContact contact)
    {
        // What was not confirmed in person is used by nobody, so nobody is told of it.
        var routes = contact.Routes.Where(route => route.ConfirmedInPerson).ToList();
        var person = PersonOf(contact);
        return routes is [{ Kind: RouteKind.Phone } number]
            ? person with
            {
                Phone = number.Phone,
                VoicemailAllowed = number.VoicemailAllowed,
                SafeTimes = SafeTimeData.Of(number.SafeTimes),
            }
            : person with { Routes = [.. routes.Select(RouteData.Of)] };
    }

    private static ContactData PersonOf(SafeContact contact) => new()
    {
        Name = contact.Name,
        CodeWord = contact.CodeWord,
        WhoElseMayAnswer = contact.WhoElseMayAnswer,
        InterpreterLanguage = Languages.NameOf(contact.InterpreterLanguage),
        AccessibilityNeeds = contact.AccessibilityNeeds,
        IsGuardian = contact.IsGuardian,
        Relationship = contact.Relationship,
    };

    /// <summary>Only the type's name, so that no log shows a person.</summary>
    public override string ToString() => nameof(ContactData);
}

/// <summary>One way to reach them.</summary>
public sealed record RouteData
{
    /// <summary>Which kind of way.</summary>
    public required RouteKind Kind { get; init; }

    /// <summary>Of a phone: E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Of a phone: whether a voicemail may be left; false unless they agreed.</summary>
    public bool? VoicemailAllowed { get; init; }

    /// <summary>An e-mail address of their own.</summary>
    public string? Email { get; init; }

    /// <summary>A professional's name and role.</summary>
    public string? Professional { get; init; }

    /// <summary>How to reach the professional.</summary>
    public string? ReachedBy { get; init; }

    /// <summary>In person: where. Absent: ask the team that refers.</summary>
    public string? Place { get; init; }

    /// <summary>When it is safe, London.</summary>
    public required IReadOnlyList<SafeTimeData> SafeTimes { get; init; }

    /// <summary>The way as VCAS gets it.</summary>
    public static RouteData Of(SafeRoute route) => new()
    {
        Kind = route.Kind,
        Phone = route.Phone,
        VoicemailAllowed = route.Kind == RouteKind.Phone ? route.VoicemailAllowed : null,
        Email = route.Email,
        Professional = route.Professional,
        ReachedBy = route.ReachedBy,
        Place = route.Place,
        SafeTimes = SafeTimeData.Of(route.SafeTimes),
    };

    /// <summary>Only the type's name, so that no log shows a person.</summary>
    public override string ToString() => nameof(RouteData);
}

/// <summary>Days and hours, London, as <c>HH:mm</c>.</summary>
public sealed record SafeTimeData(IReadOnlyList<DayOfWeek> Days, string From, string To)
{
    /// <summary>The hours as VCAS gets them.</summary>
    internal static IReadOnlyList<SafeTimeData> Of(IReadOnlyList<SafeTime> times) =>
        [.. times.Select(time => new SafeTimeData(time.Days, time.From.ToString("HH:mm"), time.To.ToString("HH:mm")))];
}

/// <summary>That a referral is taken back.</summary>
public sealed record WithdrawalData(Guid ReferralId, WithdrawalReason Reason);

/// <summary>An answer of VCAS as it comes.</summary>
public sealed record AnswerData
{
    /// <summary>The referral's id.</summary>
    public required Guid ReferralId { get; init; }

    /// <summary>The referral's version that it answers.</summary>
    public int? Version { get; init; }

    /// <summary>When VCAS decided, UTC by its clock.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>VCAS's own reference.</summary>
    public string? CaseReference { get; init; }

    /// <summary>A rejection's or a closure's reason.</summary>
    public string? Reason { get; init; }
}
