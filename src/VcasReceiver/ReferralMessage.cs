namespace VcasReceiver;

internal enum MessageKind { Made, Amended, Withdrawn }

/// <summary>A message that keeps the contract.</summary>
/// <param name="ReferralId">GUID in lower case with hyphens.</param>
/// <param name="Purpose">What follows the slash of the message id: <c>made</c>, <c>amended-2</c>, <c>withdrawn</c>.</param>
/// <param name="Kind">The message's type.</param>
/// <param name="Version">1 when made, 2 and more when amended, 0 for a withdrawal.</param>
/// <param name="WithdrawnFor">The coded reason of a withdrawal, otherwise null.</param>
/// <param name="Data">The <c>data</c> of the message as it came, JSON.</param>
internal sealed record ReferralMessage(string ReferralId, string Purpose, MessageKind Kind, int Version, string? WithdrawnFor, string Data);

/// <summary>Why a message was refused: a code, and the paths and rules that it broke. Never a value that was in the message.</summary>
internal sealed record Refusal(string Reason, string Description);

/// <summary>A message as the transport hands it over.</summary>
internal sealed record Incoming(ReadOnlyMemory<byte> Body, string? ContentType, string? MessageId);
