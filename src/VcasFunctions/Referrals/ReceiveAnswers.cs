using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace VcasFunctions.Referrals;

/// <summary>VCAS answers: received, accepted, rejected, closed. Whatever has come is taken in on a schedule.</summary>
public sealed class ReceiveAnswers(AnswerIntake answers)
{
    /// <summary>
    /// On the schedule of <c>Vcas:Referrals:AnswersSchedule</c>. An occurrence that was missed is made up by the
    /// next: nobody need remember it.
    /// </summary>
    [Function(nameof(ReceiveAnswers))]
    public Task RunAsync(
        [TimerTrigger("%Vcas:Referrals:AnswersSchedule%", UseMonitor = false)] TimerInfo timer,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation) =>
        answers.ReceiveAsync(durable, cancellation);
}
