using Vcas.Domain.Households;
using VcasFunctions.Audit;

namespace VcasFunctions.Retention;

/// <summary>The kinds of households that are kept for different times.</summary>
public enum RetentionClass
{
    /// <summary>Recorded in error or twice.</summary>
    Error,

    /// <summary>The household has no referral, and for its reason there is no other kind.</summary>
    Closed,

    /// <summary>The household has a referral.</summary>
    Referred,

    /// <summary>They declined.</summary>
    Declined,

    /// <summary>Nobody reached them.</summary>
    NotReached,

    /// <summary>They asked never to be contacted.</summary>
    DoNotContact,

    /// <summary>The person to be called has died.</summary>
    Died,

    /// <summary>The police took it back.</summary>
    Withdrawn,
}

internal static class RetentionClasses
{
    public static RetentionClass Of(Household household) =>
        !household.IsCounted ? RetentionClass.Error
        : household.Referral is not null ? RetentionClass.Referred
        : household.Closing?.Reason switch
        {
            ClosingReason.DeclinedAtCallBack or ClosingReason.DeclinedInPerson => RetentionClass.Declined,
            ClosingReason.NotReached => RetentionClass.NotReached,
            ClosingReason.DoNotContact => RetentionClass.DoNotContact,
            ClosingReason.Died => RetentionClass.Died,
            ClosingReason.Withdrawn => RetentionClass.Withdrawn,
            _ => RetentionClass.Closed,
        };

    public static int Days(this RetentionOptions options, RetentionClass retentionClass) => retentionClass switch
    {
        RetentionClass.Error => options.ErrorDays,
        RetentionClass.Referred => options.ReferredDays,
        RetentionClass.Declined => options.DeclinedDays ?? options.ClosedDays,
        RetentionClass.NotReached => options.NotReachedDays ?? options.ClosedDays,
        RetentionClass.DoNotContact => options.DoNotContactDays ?? options.ClosedDays,
        RetentionClass.Died => options.DiedDays ?? options.ClosedDays,
        RetentionClass.Withdrawn => options.WithdrawnDays ?? options.ClosedDays,
        _ => options.ClosedDays,
    };
}
