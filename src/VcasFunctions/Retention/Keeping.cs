using Vcas.Domain.Offers;
using VcasFunctions.Settings;

namespace VcasFunctions.Retention;

/// <summary>The kinds of households that are kept for different times.</summary>
internal enum Keeping
{
    /// <summary>Recorded in error or twice.</summary>
    Error,

    /// <summary>The household has no referral.</summary>
    Closed,

    /// <summary>The household has a referral.</summary>
    Referred,
}

internal static class Keepings
{
    public static Keeping Of(Offer offer) => !offer.IsCounted ? Keeping.Error : offer.Referral is null ? Keeping.Closed : Keeping.Referred;

    public static int Days(this RetentionOptions options, Keeping keeping) => keeping switch
    {
        Keeping.Error => options.ErrorDays,
        Keeping.Closed => options.ClosedDays,
        _ => options.ReferredDays,
    };
}
