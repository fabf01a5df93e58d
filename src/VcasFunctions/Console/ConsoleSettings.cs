using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Offers;
using VcasFunctions.Settings;

namespace VcasFunctions.Console;

/// <summary>What the pages must know before anybody has signed in. Anybody may read it: no team, no person, no secret.</summary>
public sealed record ConsoleSettings
{
    /// <summary>The issuer at which people sign in.</summary>
    public required string Authority { get; init; }

    /// <summary>The pages' own id with the issuer; absent if the force has registered none, and then nobody can sign in here.</summary>
    public string? ClientId { get; init; }

    /// <summary>What they ask the issuer for: every right that was granted to them for this service, and who has signed in.</summary>
    public required string Scope { get; init; }

    /// <summary>From when calls are made, London.</summary>
    public required TimeOnly CallsFrom { get; init; }

    /// <summary>Until when calls are made, London.</summary>
    public required TimeOnly CallsTo { get; init; }

    /// <summary>On these days of the week.</summary>
    public required IReadOnlyList<DayOfWeek> CallDays { get; init; }

    /// <summary>Days from a declined offer to its call-back.</summary>
    public required int IntervalDays { get; init; }

    /// <summary>Days after which an offer that is recorded only now needs its date confirmed.</summary>
    public required int LateOfferDays { get; init; }

    /// <summary>Days after which a hold without a date of its own is reviewed.</summary>
    public required int ReviewDays { get; init; }

    /// <summary>The furthest day ahead for a call or a review.</summary>
    public required int LongestHoldDays { get; init; }

    /// <summary>Whom to call in a danger: whoever ticks one reads it before anything is sent.</summary>
    public required string ControlRoom { get; init; }

    /// <summary>What applies where a child may be a direct victim.</summary>
    public required string DirectVictimWords { get; init; }

    /// <summary>On what the force says that it relies: whoever records a household reads it.</summary>
    public required LawView Law { get; init; }

    /// <summary>In which words officers and callers ask what somebody says yes or no to.</summary>
    public required string ConsentWords { get; init; }

    /// <summary>The name of those words, which goes with what was said.</summary>
    public required string ConsentWordsVersion { get; init; }

    /// <summary>Minutes after which a page that nobody touches locks itself; 0: never.</summary>
    public required int IdleMinutes { get; init; }

    internal static ConsoleSettings Of(
        AccessOptions access, SafetyOptions safety, LawOptions law, ConsoleOptions console, VcasSettings settings) => new()
        {
            Authority = access.AuthorityInForce,
            ClientId = access.ConsoleClientId,
            Scope = $"{access.Audience}/.default openid profile",
            CallsFrom = settings.Options.CallHours.From,
            CallsTo = settings.Options.CallHours.To,
            CallDays = settings.CallDays,
            IntervalDays = settings.Policy.IntervalDays,
            LateOfferDays = settings.Policy.LateOfferDays,
            ReviewDays = settings.Policy.ReviewDays,
            LongestHoldDays = settings.Policy.LongestHoldDays,
            ControlRoom = safety.ControlRoom,
            DirectVictimWords = safety.DirectVictimWords,
            Law = LawView.Of(law),
            ConsentWords = law.ConsentWords,
            ConsentWordsVersion = law.ConsentWordsVersion,
            IdleMinutes = console.IdleMinutes,
        };
}
