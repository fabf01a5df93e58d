using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Referrals;

/// <summary>
/// Everything that VCAS has not confirmed, in a file that only VCAS can open: to be handed over while the queue stands still for days. All
/// of it goes by the queue as well as soon as that can be, and VCAS knows it again.
/// </summary>
public sealed class SealReferrals(
    ReferralList list,
    HouseholdReader households,
    HouseholdCommands commands,
    ReadLog reads,
    IOptionsMonitor<ReferralOptions> options,
    VcasSettings settings)
{
    private const string FileType = "application/pkcs7-mime";

    /// <summary><c>POST /api/referrals/sealed-file</c></summary>
    [Function(nameof(SealReferrals))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/referrals/sealed-file")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var (access, now) = (RequestAccess.Of(request), settings.Moment.Now);
        using var certificate = VcasCertificate.Read(options.CurrentValue.SealedFileCertificate);
        if (certificate is null || new DateTimeOffset(certificate.NotAfter) < now)
            return ApiResults.Refusal(Problem.NoSealedFile(isExpired: certificate is not null));

        var messages = new List<BinaryData>();
        bool IsOwn(string team) => access.Reaches(team, settings.Teams.Find(team)?.CallBackTeam, null);
        foreach (var id in await list.UnconfirmedAsync(IsOwn, SealedFile.MostReferrals, cancellation))
        {
            var found = await households.FindAsync(id, cancellation);
            if (found?.Referral is null || !access.Reaches(found) || SealedFile.Unconfirmed(found).Count == 0) continue;

            // What is written down before the file leaves stays true if it never arrives; the other way round it would not.
            await reads.RecordOfferAsync(id, access.Actor, AuditKind.Disclosure, "referralSealed", "queueAway", "vcas", cancellation);
            // In the file is what was written down as handed over, also where somebody has amended it this moment.
            var handedOver = await commands.ApplyAsync(
                durable,
                id,
                access.Guard((household, moment) => household.HandReferralOver(household.Referral!.Id, moment)),
                access.Actor,
                cancellation);
            messages.AddRange(SealedFile.Unconfirmed(handedOver)
                .Select(dispatch => ReferralSender.MessageOf(handedOver, dispatch, settings.Options.Force).Body));
        }

        return ApiResults.Download(
            SealedFile.Write(messages, settings.Options.Force, now, certificate), FileType, $"referrals-{now:yyyyMMddTHHmm}Z.p7m");
    }
}
