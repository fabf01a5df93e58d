using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>
/// The household in the address is another record of one that is kept: in one press. No transaction spans the two, so the kept one takes
/// over first, and then this one ends. Who is told of a failure sends the same again, and nothing is done twice.
/// </summary>
public sealed class MergeDuplicate(
    HouseholdCommands commands, HouseholdReader households, CallBarriers barriers, Claims claims, VcasSettings settings)
{
    // Somebody may change it while it is merged; then what they changed is taken over too.
    private const int Patience = 5;

    /// <summary><c>POST /api/offers/{offerId}/duplicate</c></summary>
    [Function(nameof(MergeDuplicate))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/duplicate")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<DuplicateRequest>(request, cancellation);
        var access = RequestAccess.Of(request);
        await ReadAsync(id, access, cancellation);
        var of = RequiredField.Value(sent.Of, "of");
        Rules.Keep(new DuplicateMustBeAnother(id, of));
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var duplicate = await ReadAsync(id, access, cancellation);
            // The other one's id comes in the body, so nobody has looked yet whether it is theirs.
            await ReadAsync(of, access, cancellation);
            // Whoever is on the phone would be told of an end in the middle of what the household says.
            Rules.Keep(new CallMustBeFree(await claims.OfAsync(duplicate, cancellation), access.Person.Id, settings.Moment.Now));
            await TakeOverAsync(durable, of, duplicate, access, cancellation);
            var kept = await ReadAsync(of, access, cancellation);
            var merged = await commands.ApplyAsync(
                durable,
                id,
                (household, moment) => household.Revision == duplicate.Revision
                    ? household.MergeInto(kept, moment)
                    : new Transition(household, []),
                access,
                cancellation);
            if (merged.Closing?.DuplicateOf == of) return ApiResults.Json(OfferView.Of(merged));
        }

        throw new ProblemException(Problem.Busy);
    }

    private async Task TakeOverAsync(
        DurableTaskClient durable, Guid of, Household duplicate, RequestAccess access, CancellationToken cancellation)
    {
        var barrier = duplicate.Details.Numbers is { Count: > 0 } numbers
            ? await barriers.DoNotCallAsync(numbers, of, cancellation)
            : null;
        await commands.ApplyAsync(
            durable,
            of,
            (household, moment) =>
            {
                var change = household.TakeOver(duplicate, moment);
                var isOtherNumber = change.Household.Details.Numbers.Except(household.Details.Numbers).Any();
                return isOtherNumber && barrier is not null ? barrier.After(change, moment) : change;
            },
            access,
            cancellation);
    }

    private async Task<Household> ReadAsync(Guid id, RequestAccess access, CancellationToken cancellation) =>
        await households.FindAsync(id, cancellation) is { } household && access.Reaches(household)
            ? household
            : throw new ProblemException(Problem.NotFound("offer"));
}

/// <summary>Which household is kept.</summary>
public sealed record DuplicateRequest
{
    /// <summary>The id of the offer that is kept.</summary>
    public Guid? Of { get; init; }
}
