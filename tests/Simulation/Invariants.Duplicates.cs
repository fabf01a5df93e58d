using Vcas.Domain.Households;

namespace Simulation;

/// <summary>What was merged counts once, and the household that is kept knows of it.</summary>
internal sealed partial class Invariants
{
    private static void EachDuplicateIsKnownWhereItIsKept(IReadOnlyDictionary<Guid, Household> offers)
    {
        foreach (var duplicate in offers.Values)
        {
            if (duplicate.Closing?.DuplicateOf is not { } of) continue;
            Must(!duplicate.IsCounted, $"{duplicate.Id} is merged into {of}, and counts");
            Must(offers.TryGetValue(of, out var kept), $"{duplicate.Id} is merged into {of}, which is not there");
            Must(kept!.Duplicates.Any(known => known.OfferId == duplicate.Id), $"{of} does not know that {duplicate.Id} is merged into it");
            Must(!duplicate.Referrals.Any(referral => !referral.IsOver), $"{duplicate.Id} is merged, and VCAS still has it");
            // A number that was found to be wrong goes over to nobody, and stays with nobody.
            var isWrong = duplicate.Attempts.Concat(kept!.Attempts).Any(attempt => attempt.Outcome == CallOutcome.WrongNumber);
            Must(
                kept is not { Erasure: null, IsOpen: true } || !duplicate.Details.HasNumber || isWrong || kept.Details.HasNumber,
                $"{of} has no number, and {duplicate.Id} that was merged into it has one");
        }
    }
}
