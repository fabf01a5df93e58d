using System.Text;
using System.Text.Json;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Referrals;

/// <summary>Reads what VCAS answers. What can't be read is named only by a code, because a reason may hold no person's data.</summary>
internal static class AnswerReader
{
    /// <summary>The answer and its referral, or the code of what is wrong with it.</summary>
    public static (Guid ReferralId, ReferralAnswer? Answer, string? Fault) Read(BinaryData body)
    {
        ReferralMessage<AnswerData>? message;
        try
        {
            message = JsonSerializer.Deserialize<ReferralMessage<AnswerData>>(WithoutMark(body), Json.Stored);
        }
        catch (JsonException failure)
        {
            return (default, null, failure is UnreadableInstantException ? AnswerFaults.TimeWithoutOffset : AnswerFaults.Malformed);
        }

        // Only a type parameter says that the data may not be null, and the serializer ignores that.
        if (message is not { Data: not null }) return (default, null, AnswerFaults.Malformed);
        var (type, data) = (message.Type, message.Data);
        if (message.Id.Length > 200) return (data.ReferralId, null, AnswerFaults.IdTooLong);
        if (data.CaseReference is { Length: > 60 }) return (data.ReferralId, null, AnswerFaults.CaseReferenceTooLong);
        var answer = type switch
        {
            ReferralType.Prefix + "received.v1" =>
                new ReferralAnswer(message.Id, ReferralAnswerKind.Received, data.CaseReference, Version: data.Version),
            ReferralType.Prefix + "accepted.v1" =>
                new ReferralAnswer(message.Id, ReferralAnswerKind.Accepted, data.CaseReference, Version: data.Version),
            ReferralType.Prefix + "rejected.v1" when Word.TryRead<RejectionReason>(data.Reason, out var reason) =>
                new ReferralAnswer(message.Id, ReferralAnswerKind.Rejected, data.CaseReference, Rejection: reason, Version: data.Version),
            ReferralType.Prefix + "closed.v1" when Word.TryRead<ClosureReason>(data.Reason, out var reason) =>
                new ReferralAnswer(message.Id, ReferralAnswerKind.Closed, data.CaseReference, Closure: reason, Version: data.Version),
            _ => null,
        };
        // The envelope is what a sender's own code routes by: where it speaks of another referral than the data,
        // nobody can know which one is meant.
        if (answer is not null && !string.Equals(message.Subject, data.ReferralId.ToString("D"), StringComparison.OrdinalIgnoreCase))
            return (data.ReferralId, null, AnswerFaults.SubjectMismatch);
        return (data.ReferralId, answer, answer is null
            ? (type.StartsWith(ReferralType.Prefix, StringComparison.Ordinal) ? AnswerFaults.UnknownTypeOrReason : AnswerFaults.UnknownType)
            : null);
    }

    // Some senders begin a text with a byte order mark, which carries no meaning.
    private static ReadOnlySpan<byte> WithoutMark(BinaryData body)
    {
        var bytes = body.ToMemory().Span;
        return bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }
}
