namespace Vcas.Domain.Households;

/// <summary>Another record of the same household, which was merged into this one.</summary>
/// <param name="OfferId">The other offer.</param>
/// <param name="At">When, UTC.</param>
/// <param name="LastContactAt">When somebody last called or spoke to the household under it, UTC; null where nobody did.</param>
public sealed record MergedDuplicate(Guid OfferId, DateTimeOffset At, DateTimeOffset? LastContactAt);
