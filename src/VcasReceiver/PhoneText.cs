namespace VcasReceiver;

/// <summary>
/// A number as it is dialled here and read aloud: a table's cell that begins with a plus sign would be calculated, or
/// hidden behind an apostrophe.
/// </summary>
internal static class PhoneText
{
    private const string Home = "+44";
    private const int Head = 4;

    /// <summary>
    /// <c>07700 900123</c> for a number of the United Kingdom, <c>00 33123456789</c> for one of elsewhere; what is
    /// no number stays as it is.
    /// </summary>
    /// <param name="phone">E.164.</param>
    public static string Spoken(string phone)
    {
        if (phone.Length < 2 || phone[0] != '+' || phone.AsSpan(1).ContainsAnyExceptInRange('0', '9')) return phone;
        if (!phone.StartsWith(Home, StringComparison.Ordinal) || phone.Length <= Home.Length + Head) return $"00 {phone.TrimStart('+')}";
        var number = phone[Home.Length..];
        return $"0{number[..Head]} {number[Head..]}";
    }
}
