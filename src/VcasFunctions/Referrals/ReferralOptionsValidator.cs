using VcasFunctions.Settings;

namespace VcasFunctions.Referrals;

/// <summary>Stops the start when names of queues are impossible together.</summary>
public sealed class ReferralOptionsValidator : SettingsValidator<ReferralOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(ReferralOptions options)
    {
        (string Setting, string Name)[] queues =
        [
            (nameof(options.Queue), options.Queue), (nameof(options.AnswerQueue), options.AnswerQueue),
            (nameof(options.DeadLetterQueue), options.DeadLetterQueue),
            (nameof(options.AnswerDeadLetterQueue), options.AnswerDeadLetterQueue),
        ];
        foreach (var (setting, _) in queues.Where(queue => string.IsNullOrWhiteSpace(queue.Name)))
            yield return $"Vcas:Referrals:{setting} is empty.";
        // Messages in a dead-letter queue are erased after a time, so no queue in use may be named as one.
        if (queues.DistinctBy(queue => queue.Name, StringComparer.OrdinalIgnoreCase).Count() < queues.Length)
            yield return "Vcas:Referrals names one queue for two purposes.";
        if (VcasCertificate.FaultOf(options.SealedFileCertificate) is { } fault)
            yield return $"Vcas:Referrals:SealedFileCertificate {fault}.";
    }
}
