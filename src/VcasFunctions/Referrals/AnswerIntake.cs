using Azure.Messaging.ServiceBus;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Referrals;

/// <summary>
/// Takes VCAS's answers off their queue, until none is left. One that is taken in is completed. One that nobody could take in is set aside
/// under a code, which repeats nothing of it. One that failed for now goes back, and the next run tries it again: ten tries last
/// ten minutes and not a second.
/// </summary>
public sealed class AnswerIntake(
    ServiceBusClient client, HouseholdCommands commands, IOptionsMonitor<ReferralOptions> options, ILogger<AnswerIntake> log)
{
    // This many are handled well within a lock of one minute.
    private const int AtOnce = 10;

    // Waiting on an empty queue would keep the host awake, which costs money.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private int isAway;

    /// <summary>
    /// Takes in what lies there. A bus that can't be asked is told once, until it can be again; then everything is still there.
    /// </summary>
    public async Task ReceiveAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        try
        {
            // Only for this run: a receiver that is kept would get answers between two runs, and give them back.
            await using var receiver = client.CreateReceiver(options.CurrentValue.AnswerQueue);
            while (await NextAsync(receiver, cancellation) is { Count: > 0 } messages)
            {
                var areDone = true;
                foreach (var message in messages) areDone &= await SettleAsync(receiver, message, durable, cancellation);
                if (!areDone) break;
            }

            if (Interlocked.Exchange(ref isAway, 0) == 1) log.LogInformation("The queue of VCAS's answers can be read again");
        }
        catch (Exception failure) when (BusPatience.IsOfTheBus(failure) && !cancellation.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref isAway, 1) == 0)
                log.LogError("VCAS's answers can't be read until the bus is back: {Failure}", CodeOf(failure));
        }
    }

    /// <summary>Takes one answer in; the code of what is wrong with it where nobody can.</summary>
    public async Task<string?> TakeInAsync(BinaryData body, DurableTaskClient durable, CancellationToken cancellation)
    {
        var (referralId, answer, fault) = AnswerReader.Read(body);
        return fault ?? await ReceiveAsync(referralId, answer!, durable, cancellation);
    }

    // Peek first: most of the time the queue is empty, and a peek says so at once.
    private static Task<IReadOnlyList<ServiceBusReceivedMessage>> NextAsync(
        ServiceBusReceiver receiver, CancellationToken cancellation) => BusPatience.AskAsync<IReadOnlyList<ServiceBusReceivedMessage>>(
        async patience => await receiver.PeekMessageAsync(fromSequenceNumber: 0, patience) is null
            ? []
            : await receiver.ReceiveMessagesAsync(AtOnce, LongestWait, patience),
        cancellation);

    private async Task<bool> SettleAsync(
        ServiceBusReceiver receiver, ServiceBusReceivedMessage message, DurableTaskClient durable, CancellationToken cancellation)
    {
        using var span = HouseholdTrace.Receive("take in an answer of VCAS's", message);
        try
        {
            var fault = await TakeInAsync(message.Body, durable, cancellation);
            await BusPatience.AskAsync(
                patience => fault is null
                    ? receiver.CompleteMessageAsync(message, patience)
                    : receiver.DeadLetterMessageAsync(message, fault, AnswerFaults.NumberOf(fault), patience),
                cancellation);
            return true;
        }
        catch (ServiceBusException lost) when (lost.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            // The message comes again, and is recognised by its id.
            return true;
        }
        catch (Exception failure) when (!BusPatience.IsOfTheBus(failure) && !cancellation.IsCancellationRequested)
        {
            log.LogError("An answer of VCAS's could not be taken in yet: {Failure}", failure.GetType().Name);
            await BusPatience.AskAsync(patience => receiver.AbandonMessageAsync(message, cancellationToken: patience), cancellation);
            return false;
        }
    }

    private async Task<string?> ReceiveAsync(
        Guid referralId, ReferralAnswer answer, DurableTaskClient durable, CancellationToken cancellation)
    {
        try
        {
            await commands.ApplyAsync(
                durable, referralId, (household, moment) => household.ReceiveAnswer(referralId, answer, moment), Actor.Vcas, cancellation);
            return null;
        }
        catch (RuleBrokenException)
        {
            return AnswerFaults.NoReferralMade;
        }
        catch (ProblemException refused) when (refused.Problem.Status == 404)
        {
            return AnswerFaults.UnknownReferral;
        }
    }

    private static string CodeOf(Exception failure) =>
        failure is ServiceBusException { Reason: var reason } ? $"serviceBus{reason}" : failure.GetType().Name;
}
