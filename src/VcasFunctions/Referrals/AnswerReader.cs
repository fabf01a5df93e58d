using System.Text.Json;
using Vcas.Domain.Referrals;

namespace VcasFunctions.Referrals;

/// <summary>Reads what VCAS answers. What can't be read is told by a code alone: a reason may hold no person's data.</summary>
internal static class AnswerReader
{
    private const string Prefix = "uk.police.vcas.referral.";

    /// <summary>The answer and its referral, or the code of what is wrong with it.</summary>
    public static (Guid ReferralId, ReferralAnswer? Answer, string? Fault) Read(BinaryData body)
    {
        ReferralMessage<AnswerData>? message;
        try
        {
            message = JsonSerializer.Deserialize<ReferralMessage<AnswerData>>(body, Json.Stored);
        }
        catch (JsonException)
        {
            return (default, null, AnswerFaults.Malformed);
        }

        // That the data may not be null is said of a type parameter, which the serializer doesn't look at.
        if (message is not { Data: not null }) return (default, null, AnswerFaults.Malformed);
        var (type, data) = (message.Type, message.Data);
        if (message.Id.Length > 200) return (data.ReferralId, null, AnswerFaults.IdTooLong);
        if (data.CaseReference is { Length: > 60 }) return (data.ReferralId, null, AnswerFaults.CaseReferenceTooLong);
        var answer = type switch
        {
            Prefix + "received.v1" => new ReferralAnswer(message.Id, ReferralAnswerKind.Received, data.CaseReference, Version: data.Version),
            Prefix + "accepted.v1" => new ReferralAnswer(message.Id, ReferralAnswerKind.Accepted, data.CaseReference, Version: data.Version),
            Prefix + "rejected.v1" when TryWord<RejectionReason>(data.Reason, out var reason) =>
                new ReferralAnswer(message.Id, ReferralAnswerKind.Rejected, data.CaseReference, Rejection: reason, Version: data.Version),
            Prefix + "closed.v1" when TryWord<ClosureReason>(data.Reason, out var reason) =>
                new ReferralAnswer(message.Id, ReferralAnswerKind.Closed, data.CaseReference, Closure: reason, Version: data.Version),
            _ => null,
        };
        // The envelope is what a sender's own code routes by: where it speaks of another referral than the data, nobody knows which is meant.
        if (answer is not null && !string.Equals(message.Subject, data.ReferralId.ToString("D"), StringComparison.OrdinalIgnoreCase)) return (data.ReferralId, null, AnswerFaults.SubjectMismatch);
        return (data.ReferralId, answer, answer is null ? (type.StartsWith(Prefix, StringComparison.Ordinal) ? AnswerFaults.UnknownTypeOrReason : AnswerFaults.UnknownType) : null);
    }

    private static bool TryWord<T>(string? word, out T value) where T : struct, Enum
    {
        value = default;
        return word is { Length: > 0 } && char.IsAsciiLetterLower(word[0]) && Enum.TryParse(word, ignoreCase: true, out value) && Enum.IsDefined(value);
    }
}
