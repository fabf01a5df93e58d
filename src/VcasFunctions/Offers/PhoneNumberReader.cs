using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using PhoneNumbers;

namespace VcasFunctions.Offers;

/// <summary>
/// What is wrong with a number as it was written. The pages (web/numbers.js) and the table of examples use the same words.
/// </summary>
internal enum PhoneFault
{
    /// <summary>Nothing: it is a number.</summary>
    None,

    /// <summary>A letter is in it: an extension, a name, an o for a zero.</summary>
    Letters,

    /// <summary>A sign that no number has, or a plus that is not at the beginning.</summary>
    Signs,

    /// <summary>Only zeros, or a number that ends in six of them: somebody had to type something.</summary>
    Placeholder,

    /// <summary>An emergency or another short number.</summary>
    ShortCode,

    /// <summary>A digit is missing.</summary>
    TooShort,

    /// <summary>There is a digit too many.</summary>
    TooLong,

    /// <summary>Anyone who calls it pays extra.</summary>
    Premium,

    /// <summary>A pager, a personal number or a company's: no household answers it.</summary>
    NotAHome,

    /// <summary>No number begins like this; or a country code is missing, or its plus.</summary>
    Beginning,
}

/// <summary>
/// Phone numbers as people write them, made E.164: the one rule for every door. What can only be meant one way is repaired (signs that
/// a contact list brings along, dashes of every kind, <c>(0)</c>, a stray zero or plus); what can't be dialled, or is nobody's home,
/// is refused. A number need only have the length of its kind, not be assigned: tables of assigned ranges age, and a number that is
/// refused at the door may be the only safe one. tests/Shared/phone-numbers.json holds this and the pages to the same examples.
/// </summary>
internal static class PhoneNumberReader
{
    private const string UnitedKingdom = "44";
    private const int LongestWritten = 60;
    private const int PlaceholderNoughts = 6;

    // A plus sign and 7 to 15 digits, as the published contract has it.
    private const int FewestDigits = 7;
    private const int MostDigits = 15;

    // Signs that people put between digits, besides every blank and every dash that Unicode knows as one: a middle dot, bullets,
    // and strokes that stand for a dash.
    private const string Between = ".\u00B7\u2022\u2219/()[]\uFF08\uFF09\u2212\u02D7\u2043\u2796\u2500\u2501\u30FC";

    // Where a number keeps its first zero behind the country code.
    private static readonly FrozenSet<string> KeepNought = FrozenSet.Create(
        StringComparer.Ordinal, "225", "229", "241", "242", "378", "379", "39");

    // Area codes within which numbers of nine digits (without the zero) still exist beside those of ten.
    private static readonly FrozenSet<string> ShortAreas = FrozenSet.Create(
        StringComparer.Ordinal,
        ("1204 1208 1254 1276 1297 1298 1363 1364 1384 1386 1404 1420 1460 1461 1480 1488 1524 1527 1562 1566 1606 "
            + "1629 1635 1647 1659 1695 "
            + "1697 1726 1744 1750 1768 1827 1837 1884 1900 1905 1935 1946 1949 1963 1995").Split(' '));

    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    // How many digits may follow which country code; the library's knowledge, which the pages have as a file of their own.
    private static readonly FrozenDictionary<string, IReadOnlyList<int>> Lengths = Util.GetSupportedCallingCodes()
        .Select(code => (Code: code, Region: Util.GetRegionCodeForCountryCode(code)))
        .Where(country => country.Region != PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY)
        .ToFrozenDictionary(
            country => country.Code.ToString(CultureInfo.InvariantCulture),
            country => (IReadOnlyList<int>)[.. LengthsOf(country.Code, country.Region)],
            StringComparer.Ordinal);

    /// <summary>The countries' codes, each with the numbers of digits that may follow.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Countries => Lengths;

    /// <summary>The number in E.164, read as dialled in the United Kingdom unless it has a country code.</summary>
    public static bool TryRead(string written, [NotNullWhen(true)] out string? e164) => Read(written, out e164) == PhoneFault.None;

    /// <summary>What the person who is refused can do.</summary>
    public static string Advice(PhoneFault fault) => fault switch
    {
        PhoneFault.Letters => "Use digits alone: no letters, no extension. A nought is 0, not o.",
        PhoneFault.Signs => "Use digits, blanks, brackets and dashes, with a + at the beginning alone.",
        PhoneFault.Placeholder => "This stands for no number. Leave the contact out where there is no safe number.",
        PhoneFault.ShortCode => "This is an emergency or a short number. Give the household's own, such as 07700 900123.",
        PhoneFault.TooShort => "A digit is missing. A mobile number has 11 digits, as 07700 900123. Read the number back to them.",
        PhoneFault.TooLong => "There is a digit too many. A mobile number has 11 digits, as 07700 900123. Read the number back to them.",
        PhoneFault.Premium => "This number costs whoever calls it extra. Give the household's own, such as 07700 900123.",
        PhoneFault.NotAHome => "This is a pager's, a personal (070) or a company's number. Give the household's own, such as 07700 900123.",
        PhoneFault.Beginning => "No number begins like this. Begin with 0, or with + and the code of another country.",
        _ => "",
    };

    /// <summary>Reads a number, and says what is wrong with it.</summary>
    public static PhoneFault Read(string written, out string? e164)
    {
        e164 = null;
        var fault = Clean(written, out var prefix, out var rest);
        if (fault != PhoneFault.None) return fault;
        if (rest.Length == 0) return PhoneFault.Placeholder;
        if (prefix.Length == 0 && IsShortCode(rest)) return PhoneFault.ShortCode;

        var isInternational = prefix.Contains('+', StringComparison.Ordinal) || prefix.StartsWith("00", StringComparison.Ordinal);
        if (rest.StartsWith(UnitedKingdom, StringComparison.Ordinal))
        {
            // +44 (0)7700 …, 0044 07700 …, 44 7700 …, 0447700 …: no number within the country begins with 44.
            var national = rest[UnitedKingdom.Length..].TrimStart('0');
            fault = AtHome(national);
            if (fault == PhoneFault.None) e164 = $"+{UnitedKingdom}{national}";
            if (fault == PhoneFault.None || isInternational || prefix.Length == 0) return fault;
        }

        if (isInternational && !prefix.EndsWith("+0", StringComparison.Ordinal))
        {
            fault = Abroad(rest, out e164);
            // A zero too many in front of a number of this country. With a plus it might as well be +7 with a digit missing.
            if (fault == PhoneFault.None || prefix.Contains('+', StringComparison.Ordinal) || AtHome(rest) != PhoneFault.None) return fault;
        }

        // A spreadsheet takes the first zero away. Of other numbers than mobiles it can't be known whether they are abroad.
        fault = prefix.Length == 0 && rest[0] != '7' ? PhoneFault.Beginning : AtHome(rest);
        e164 = fault == PhoneFault.None ? $"+{UnitedKingdom}{rest}" : null;
        return fault;
    }

    // The zeros and pluses at the beginning, and the digits from the first that is no zero.
    private static PhoneFault Clean(string written, out string prefix, out string rest)
    {
        (prefix, rest) = ("", "");
        if (written.Length > LongestWritten) return PhoneFault.TooLong;
        var (text, isStrange) = (new StringBuilder(), false);
        foreach (var rune in written.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.DecimalDigitNumber) text.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else if (rune.Value is '+' or 0xFF0B) text.Append('+');
            else if (rune.IsBmp && Between.Contains((char)rune.Value, StringComparison.Ordinal)) continue;
            else if (Rune.IsLetter(rune)) return PhoneFault.Letters;
            else isStrange |= !IsPassedOver(rune, category);
        }

        var all = text.ToString();
        rest = all.TrimStart('+', '0');
        prefix = all[..^rest.Length];
        return isStrange || rest.Contains('+', StringComparison.Ordinal) || all.All(sign => sign == '+')
            ? PhoneFault.Signs
            : PhoneFault.None;
    }

    // Blanks and dashes of every kind, and what can't be seen at all: marks of direction, joiners, selectors.
    private static bool IsPassedOver(Rune rune, UnicodeCategory category) =>
        Rune.IsWhiteSpace(rune) || category is UnicodeCategory.DashPunctuation or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark;

    // 999, 112, 101, 111, 105, 123, 116 123, 118 500 …; and 911, which people know from films.
    private static bool IsShortCode(string digits) =>
        digits is "999" or "911" or "8001111" || (digits.Length <= 6 && digits.Length >= 3 && digits[0] == '1');

    // A number of this country, without its first zero.
    private static PhoneFault AtHome(string number)
    {
        if (number.Length == 0 || number.EndsWith(new string('0', PlaceholderNoughts), StringComparison.Ordinal))
            return PhoneFault.Placeholder;
        if (IsShortCode(number)) return PhoneFault.ShortCode;
        var (first, second) = (number[0], number.Length > 1 ? number[1] : ' ');
        return (first, second) switch
        {
            ('9', _) or ('8', '4' or '7') => PhoneFault.Premium,
            ('7', '0') or ('5', '5') => PhoneFault.NotAHome,
            ('7', '6') when !number.StartsWith("7624", StringComparison.Ordinal) => PhoneFault.NotAHome,
            ('1', not '0') when ShortAreas.Contains(number[..Math.Min(4, number.Length)]) => OfLength(number, 9, 10),
            ('8', '0') when number.StartsWith("800", StringComparison.Ordinal) => OfLength(number, 9, 10),
            ('8', '0') when !number.StartsWith("808", StringComparison.Ordinal) && number.Length > 2 => PhoneFault.Beginning,
            ('1', not '0') or ('2', '0' or '3' or '4' or '8' or '9') or ('3', '0' or '3' or '4' or '7') or ('5', '6') or ('7', _)
            or ('8', '0') => OfLength(number, 10, 10),
            _ => PhoneFault.Beginning,
        };
    }

    // A number with its country's code.
    private static PhoneFault Abroad(string digits, out string? e164)
    {
        e164 = null;
        var code = Enumerable.Range(1, Math.Min(3, digits.Length)).Select(length => digits[..length]).FirstOrDefault(Lengths.ContainsKey);
        if (code is null) return PhoneFault.Beginning;
        var number = digits[code.Length..];
        if (!KeepNought.Contains(code)) number = number.TrimStart('0');
        if (number.Length == 0 || number.EndsWith(new string('0', PlaceholderNoughts), StringComparison.Ordinal))
            return PhoneFault.Placeholder;
        var lengths = Lengths[code];
        if (!lengths.Contains(number.Length)) return number.Length > lengths[^1] ? PhoneFault.TooLong : PhoneFault.TooShort;
        if (IsPremiumAbroad($"+{code}{number}")) return PhoneFault.Premium;
        e164 = $"+{code}{number}";
        return PhoneFault.None;
    }

    private static PhoneFault OfLength(string number, int shortest, int longest) =>
        number.Length < shortest ? PhoneFault.TooShort : number.Length > longest ? PhoneFault.TooLong : PhoneFault.None;

    private static bool IsPremiumAbroad(string e164)
    {
        try
        {
            return Util.GetNumberType(Util.Parse(e164, null)) is PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST
                or PhoneNumberType.PAGER;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    private static IEnumerable<int> LengthsOf(int code, string region)
    {
        var digits = code.ToString(CultureInfo.InvariantCulture).Length;
        return Util.GetMetadataForRegion(region).GeneralDesc.PossibleLengthList
            .Where(length => digits + length is >= FewestDigits and <= MostDigits).Order();
    }
}
