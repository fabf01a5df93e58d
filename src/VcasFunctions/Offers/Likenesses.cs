using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>
/// Points out other households that look like one: it warns, and blocks nothing. Another team's are told to nobody, and the answer is the
/// same as if they were not there. The audit keeps what was shown, before it is.
/// </summary>
public sealed class Likenesses(LikeHouseholds others, ReadLog reads, VcasSettings settings)
{
    /// <summary>The others that may be told of, the likeliest first; null where there are none.</summary>
    /// <param name="id">The household that they are compared with.</param>
    /// <param name="numbers">Its numbers (E.164), where they are to be compared.</param>
    /// <param name="crimeReference">Its crime reference, where that is to be compared.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<AlikeHousehold>?> FindAsync(
        Guid id, IReadOnlyList<string> numbers, string? crimeReference, RequestAccess access, CancellationToken cancellation)
    {
        var sameNumber = others.WithNumbersAsync(id, numbers, cancellation);
        var sameCase = crimeReference is null ? [] : (await others.OfCaseAsync(id, crimeReference, cancellation)).Households;
        var now = settings.Moment.Now;
        var alike = (await sameNumber).Concat(sameCase).DistinctBy(other => other.Id)
            .Where(other => other.IsCounted && access.Reaches(other))
            .Select(other => new AlikeHousehold
            {
                OfferId = other.Id,
                Reference = other.Reference,
                State = FoundHousehold.KnownOf(other, access, now).State,
                OfferedAt = other.Details.OfferedAt,
                Likeness = HasOne(other, numbers) ? Likeness.SameHousehold : Likeness.SameCase,
                SameNumber = HasOne(other, numbers),
                SameCase = crimeReference is not null && LikeHouseholds.IsOfCase(other, crimeReference),
            })
            .OrderBy(other => other.Likeness).ThenByDescending(other => other.OfferedAt).ThenBy(other => other.OfferId)
            .ToList();
        if (alike.Count == 0) return null;
        // One entry, however many there are: a door is no place to wait.
        var shown = new { OfferId = id, Alike = alike.Select(other => new { other.OfferId, other.Likeness }).ToList() };
        await reads.RecordListAsync(access.Actor, AuditKind.Consultation, "likenessShown", shown, alike.Count, cancellation);
        return alike;
    }

    private static bool HasOne(Household other, IReadOnlyList<string> numbers) => other.Details.Numbers.Intersect(numbers).Any();
}
