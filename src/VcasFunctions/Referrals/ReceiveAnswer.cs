using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Referrals;

/// <summary>VCAS answers: received, accepted, rejected, closed.</summary>
public sealed class ReceiveAnswer(Casework casework)
{
    /// <summary>Takes the answer in. One that can't be understood, or is about nothing that we know, is put aside by a code.</summary>
    [Function(nameof(ReceiveAnswer))]
    public async Task RunAsync(
        [ServiceBusTrigger("%Vcas:Referrals:AnswerQueue%", Connection = "ServiceBusConnection", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient time,
        CancellationToken cancellation)
    {
        using var span = HouseholdTrace.Receive("take in an answer of VCAS's", message);
        var (referralId, answer, fault) = AnswerReader.Read(message.Body);
        fault ??= await TakeInAsync(referralId, answer!, time, cancellation);
        if (fault is null) await actions.CompleteMessageAsync(message, cancellation);
        else await actions.DeadLetterMessageAsync(message, deadLetterReason: fault, cancellationToken: cancellation);
    }

    private async Task<string?> TakeInAsync(Guid referralId, ReferralAnswer answer, DurableTaskClient time, CancellationToken cancellation)
    {
        try
        {
            await casework.ApplyAsync(time, referralId, (offer, moment) => offer.ReceiveAnswer(answer, moment), Actor.Vcas, cancellation);
            return null;
        }
        catch (RuleBrokenException)
        {
            return "noReferralMade";
        }
        catch (ProblemException refused) when (refused.Problem.Status == 404)
        {
            return "unknownReferral";
        }
    }
}
