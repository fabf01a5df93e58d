using Vcas.Domain.Teams;
using VcasFunctions.Offers;

namespace VcasFunctions.Tasks;

/// <summary>A number that somebody passes on to the call-back team.</summary>
public sealed record PassedNumberRequest
{
    /// <summary>The phone number, in any spelling.</summary>
    public string? Phone { get; init; }

    /// <summary>What they said.</summary>
    public SaidAtDesk? Said { get; init; }

    /// <summary>Whether they said that it is safe to call them at this number; left out where nobody asked.</summary>
    public bool? SafeToCall { get; init; }
}

/// <summary>What became of a number that was passed on.</summary>
public sealed record PassedNumberOutcomeRequest
{
    /// <summary>What became of it.</summary>
    public PassedNumberOutcome? Outcome { get; init; }
}

/// <summary>That a number was passed on: the same whether or not anything is known of it.</summary>
/// <param name="Id">The id under which it was passed on.</param>
/// <param name="Reference">A short reference to say aloud.</param>
/// <param name="PassedOnAt">When, UTC.</param>
public sealed record PassedOnAnswer(Guid Id, string Reference, DateTimeOffset PassedOnAt);

/// <summary>A number that was passed on, as the call-back team sees it.</summary>
public sealed record PassedNumberView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The short reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The number; absent where only a supervisor may see it.</summary>
    public string? Phone { get; init; }

    /// <summary>What was said.</summary>
    public required SaidAtDesk Said { get; init; }

    /// <summary>Whether they said that it is safe to call them at this number; absent where nobody asked.</summary>
    public bool? SafeToCall { get; init; }

    /// <summary>When it was passed on, UTC.</summary>
    public required DateTimeOffset PassedOnAt { get; init; }

    /// <summary>Who passed it on: a directory id.</summary>
    public required string PassedOnBy { get; init; }

    /// <summary>What became of it; absent while nobody has said it.</summary>
    public PassedNumberOutcome? Outcome { get; init; }

    /// <summary>When somebody said that, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The households with this number that the person who asks may know of, newest first.</summary>
    public required IReadOnlyList<FoundHousehold> Households { get; init; }

    internal static PassedNumberView Of(PassedNumber number, bool showsNumber, IReadOnlyList<FoundHousehold> households) => new()
    {
        Id = number.Id,
        Reference = TaskView.ReferenceOfNumber(number.Id),
        Phone = showsNumber ? number.Phone : null,
        Said = number.Said,
        SafeToCall = number.SafeToCall,
        PassedOnAt = number.At,
        PassedOnBy = number.By,
        Outcome = number.Outcome,
        ClosedAt = number.ClosedAt,
        Households = households,
    };
}
