using System.Text.RegularExpressions;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Problems;

namespace VcasFunctions.Offers;

public sealed partial class OfferReader
{
    private const int LongestCodeWord = 60;
    private const int LongestName = 120;
    private const int LongestAddress = 254;
    private const int LongestText = 500;
    private const int MostSafeTimes = 14;
    private const int MostRoutes = 6;

    private static readonly ContactRequest NothingSaid = new();

    private static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    // Stands for whatever may be known of a household that nobody has looked for yet.
    private static readonly SafeContact Unseen = new(null, "", false, [], null, null, null, null, null, false)
    {
        OtherRoutes =
        [
            new SafeRoute(RouteKind.Email) { Email = "" }, new SafeRoute(RouteKind.Professional) { Professional = "", ReachedBy = "" },
        ],
    };

    private SafeContact Contact(ContactRequest request, SafeContact? known = null)
    {
        var hasNumber = request is not { Phone: null, VoicemailAllowed: null, SafeTimes: null };
        Rules.Keep(new RoutesMustBeSaidOnce(hasNumber, request.Routes is not null));
        var person = new SafeContact(
            Text(request.Name, "contact.name", LongestName),
            Phone: null,
            VoicemailAllowed: false,
            SafeTimes: [],
            Text(request.CodeWord, "contact.codeWord", LongestCodeWord),
            Text(request.WhoElseMayAnswer, "contact.whoElseMayAnswer", LongestText),
            Language(request.InterpreterLanguage),
            Text(request.AccessibilityNeeds, "contact.accessibilityNeeds", LongestText),
            request.AgeBand,
            request.IsGuardian ?? false,
            request.Relationship);
        return request.Routes is null ? WithNumber(person, request, known) : WithRoutes(person, request.Routes, known);
    }

    // One number, as most have it. What else is known of how to reach them stays.
    private SafeContact WithNumber(SafeContact person, ContactRequest request, SafeContact? known)
    {
        // A contact in which nothing stands is no correction: it would take away all that is known of how to reach them.
        var phone = request.Phone is null && known?.Phone is not null && request != NothingSaid
            ? known.Phone
            : Phone(request.Phone, "contact.phone", "Give the number that was confirmed in person as safe.");
        return person with
        {
            Phone = phone,
            VoicemailAllowed = request.VoicemailAllowed ?? false,
            SafeTimes = SafeTimes(request.SafeTimes ?? [], "contact.safeTimes"),
            OtherRoutes = known?.OtherRoutes ?? [],
        };
    }

    private SafeContact WithRoutes(SafeContact person, IReadOnlyList<RouteRequest?> requests, SafeContact? known)
    {
        if (requests.Count > MostRoutes)
        {
            problems.Add(new FieldProblem("contact.routes", $"At most {MostRoutes} of them."));
            return person;
        }

        var routes = requests.Select((request, index) => Route(
            request ?? new RouteRequest(), $"contact.routes[{index}]", KnownAs(requests, index, known))).ToList();
        var called = routes.Find(route => route is { Kind: RouteKind.Phone, ConfirmedInPerson: true });
        return person with
        {
            Phone = called?.Phone,
            VoicemailAllowed = called?.VoicemailAllowed ?? false,
            SafeTimes = called?.SafeTimes ?? [],
            OtherRoutes = [.. routes.Where(route => !ReferenceEquals(route, called))],
        };
    }

    // Who puts a route right need not know the address, for nobody has to be shown it: the second e-mail is the second that is known.
    private static SafeRoute? KnownAs(IReadOnlyList<RouteRequest?> requests, int index, SafeContact? known)
    {
        if (requests[index]?.Kind is not { } kind || known is null) return null;
        if (ReferenceEquals(known, Unseen)) return known.Routes.FirstOrDefault(route => route.Kind == kind);
        var place = requests.Take(index).Count(request => request?.Kind == kind);
        return known.Routes.Where(route => route.Kind == kind).ElementAtOrDefault(place);
    }

    private SafeRoute Route(RouteRequest request, string field, SafeRoute? before)
    {
        var kind = Need(request.Kind, $"{field}.kind", "Say phone, inPerson, email or professional.");
        OnlyOf(RouteKind.Phone, kind, request.Phone is not null, $"{field}.phone");
        OnlyOf(RouteKind.Phone, kind, request.VoicemailAllowed == true, $"{field}.voicemailAllowed");
        OnlyOf(RouteKind.Email, kind, request.Email is not null, $"{field}.email");
        OnlyOf(RouteKind.Professional, kind, request.Professional is not null, $"{field}.professional");
        OnlyOf(RouteKind.Professional, kind, request.ReachedBy is not null, $"{field}.reachedBy");
        OnlyOf(RouteKind.InPerson, kind, request.Place is not null, $"{field}.place");
        var route = new SafeRoute(kind)
        {
            SafeTimes = SafeTimes(request.SafeTimes ?? [], $"{field}.safeTimes"),
            ConfirmedInPerson = request.ConfirmedInPerson ?? false,
        };
        return request.Kind is null ? route : kind switch
        {
            RouteKind.Phone => route with
            {
                Phone = request.Phone is null && before is not null
                    ? before.Phone
                    : Phone(request.Phone, $"{field}.phone", "Give the number."),
                VoicemailAllowed = request.VoicemailAllowed ?? false,
            },
            RouteKind.Email => route with
            {
                Email = request.Email is null && before is not null ? before.Email : Email(request.Email, $"{field}.email"),
            },
            RouteKind.Professional => route with
            {
                Professional = request.Professional is null && before is not null
                    ? before.Professional
                    : Needed(request.Professional, $"{field}.professional", "Give the professional's name and role."),
                ReachedBy = request.ReachedBy is null && before is not null
                    ? before.ReachedBy
                    : Needed(request.ReachedBy, $"{field}.reachedBy", "Say how to reach the professional."),
            },
            _ => route with { Place = request.Place is null ? before?.Place : Text(request.Place, $"{field}.place", LongestText) },
        };
    }

    private void OnlyOf(RouteKind needed, RouteKind kind, bool isGiven, string field)
    {
        if (isGiven && kind != needed) problems.Add(new FieldProblem(field, $"Only a route of the kind {Word.Of(needed)} has this."));
    }

    private string Phone(string? value, string field, string advice)
    {
        if (string.IsNullOrWhiteSpace(value))
            problems.Add(new FieldProblem(field, advice));
        else if (PhoneNumberReader.Read(value, out var e164) is var fault and not PhoneFault.None)
            problems.Add(new FieldProblem(field, PhoneNumberReader.Advice(fault)));
        else
            return e164!;
        return "";
    }

    private string Email(string? value, string field)
    {
        var address = Needed(value, field, "Give an e-mail address of their own, that nobody else reads.");
        if (address.Length > 0 && (address.Length > LongestAddress || !EmailAddress().IsMatch(address)))
            problems.Add(new FieldProblem(field, "An e-mail address such as sam@example.org."));
        return address;
    }

    private string Needed(string? value, string field, string advice)
    {
        var text = Text(value, field, LongestText);
        if (text is null) problems.Add(new FieldProblem(field, advice));
        return text ?? "";
    }

    private IReadOnlyList<SafeTime> SafeTimes(IReadOnlyList<SafeTimeRequest?> requests, string name)
    {
        if (requests.Count > MostSafeTimes)
        {
            problems.Add(new FieldProblem(name, $"At most {MostSafeTimes} of them."));
            return [];
        }

        return [.. requests.Select((request, index) =>
        {
            var field = $"{name}[{index}]";
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

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageTag();

    [GeneratedRegex(@"^[^\s@<>,;:()""]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailAddress();
}
