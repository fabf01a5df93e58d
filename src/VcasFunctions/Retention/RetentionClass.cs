using Vcas.Domain.Households;
using VcasFunctions.Audit;

namespace VcasFunctions.Retention;

/// <summary>The kinds of households that are kept for different times.</summary>
internal enum RetentionClass
{
    /// <summary>Recorded in error or twice.</summary>
    Error,

    /// <summary>The household has no referral.</summary>
    Closed,

    /// <summary>The household has a referral.</summary>
    Referred,
}

internal static class RetentionClasses
{
    public static RetentionClass Of(Household household) =>
        !household.IsCounted ? RetentionClass.Error : household.Referral is null ? RetentionClass.Closed : RetentionClass.Referred;

    public static int Days(this RetentionOptions options, RetentionClass retentionClass) => retentionClass switch
    {
        RetentionClass.Error => options.ErrorDays,
        RetentionClass.Closed => options.ClosedDays,
        _ => options.ReferredDays,
    };
}
