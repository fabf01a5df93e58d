namespace Vcas.Domain.Households;

/// <summary>
/// That somebody asks, some days after a danger, how they are: apart from the offer, which it makes no part of. Planned once somebody has
/// said what was done about the danger. Codes and instants alone.
/// </summary>
/// <param name="From">From when, UTC.</param>
/// <param name="By">By when, UTC.</param>
public sealed record WelfareContact(DateTimeOffset From, DateTimeOffset By)
{
    /// <summary>When the supervisor is told of it next unless it was made by then, UTC; null once it is over.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>How often that has happened.</summary>
    public int Reminders { get; init; }

    /// <summary>What came of it so far, oldest first.</summary>
    public IReadOnlyList<WelfareAttempt> Attempts { get; init; } = [];

    /// <summary>Whether it is still to be made.</summary>
    public bool IsOpen => RemindAt is not null;

    /// <summary>It, over: nobody is told of it any more.</summary>
    internal WelfareContact Over() => this with { RemindAt = null };
}

/// <summary>Somebody tried to make a welfare contact.</summary>
/// <param name="AttemptId">Made by the device, so that a repeated request records it once.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="By">How it was made.</param>
/// <param name="SafetyChecked">Somebody confirmed before that it was still safe.</param>
public sealed record WelfareAttempt(Guid AttemptId, DateTimeOffset At, WelfareOutcome Outcome, AttemptWay By, bool SafetyChecked);

/// <summary>When no welfare contact is to be made.</summary>
internal static class WelfareContacts
{
    /// <summary>Whether it asked for no contact, or the person has died: what is done then is done outside this service.</summary>
    internal static bool IsNeverToBeContacted(this Household household) =>
        household.Closing?.Reason is ClosingReason.DoNotContact or ClosingReason.Died;

    /// <summary>The household, of which nobody is told any more that a welfare contact is to be made.</summary>
    internal static Household WithoutWelfare(this Household household)
    {
        if (household.Danger is not { Welfare: { IsOpen: true } welfare } danger) return household;
        return household with
        {
            Danger = danger with { Welfare = welfare.Over() },
            Outbox = [.. household.Outbox.Where(dispatch => !dispatch.IsOfWelfare)],
        };
    }
}
