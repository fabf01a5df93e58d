using Vcas.Domain.Households;

namespace Vcas.Domain.CallBacks;

/// <summary>
/// Somebody has opened a call and is about to make it, so that nobody else phones the same household. It is not an event of the household's
/// course: it is beside the list that callers work from, and ends by itself.
/// </summary>
/// <param name="By">The directory id of the person who is calling.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Until">When it ends by itself, UTC.</param>
public sealed record Claim(string By, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>
    /// Whether it still holds. One that begins later than now was made by a clock that ran ahead, and would keep everybody from calling
    /// until then.
    /// </summary>
    public bool HoldsAt(DateTimeOffset now) => now < Until && !WrongClock.IsAhead(Since, now);

    /// <summary>Whether it is this person's.</summary>
    public bool IsOf(string person) => string.Equals(By, person, StringComparison.OrdinalIgnoreCase);

    /// <summary>The claim of somebody who opens a call now. Opened again by the same person it goes on from when they began.</summary>
    /// <param name="standing">The claim in force, if any.</param>
    /// <param name="person">Who opens it.</param>
    /// <param name="now">UTC.</param>
    /// <param name="length">After which it ends by itself.</param>
    /// <exception cref="RuleBrokenException">Somebody else is calling.</exception>
    public static Claim Of(Claim? standing, string person, DateTimeOffset now, TimeSpan length)
    {
        Rules.Keep(new CallMustBeFree(standing, person, now));
        var since = standing is not null && standing.HoldsAt(now) ? standing.Since : now;
        return new Claim(person, since, now + length);
    }
}
