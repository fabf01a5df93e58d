using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace VcasFunctions.Offers;

/// <summary>
/// Phone numbers as people write them, made E.164. A number need only be possible, not assigned: tables of assigned ranges
/// age, and a number refused at the door may be the only safe one. But it must be dialled from anywhere: a local number
/// without its area code reaches nobody, and VCAS's contract takes none.
/// </summary>
internal static class PhoneNumbersOf
{
    // A plus sign and 7 to 15 digits, as the published contract has it.
    private const int ShortestE164 = 8;
    private const int LongestE164 = 16;

    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    /// <summary>The number in E.164, read as dialled in the United Kingdom unless it has a country code.</summary>
    public static bool TryRead(string written, [NotNullWhen(true)] out string? e164)
    {
        e164 = null;
        if (written.Length > 40) return false;
        try
        {
            var number = Util.Parse(written, "GB");
            if (number.HasExtension || Util.IsPossibleNumberWithReason(number) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE) return false;
            var formatted = Util.Format(number, PhoneNumberFormat.E164);
            if (formatted.Length is < ShortestE164 or > LongestE164) return false;
            e164 = formatted;
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
