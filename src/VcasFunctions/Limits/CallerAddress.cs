using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace VcasFunctions.Limits;

/// <summary>
/// Where a request comes from, told so that one caller has one name. App Service's front end adds the address that it saw as the last
/// of <c>X-Forwarded-For</c>, and its port, which differs with every connection; what comes before it anybody may have written.
/// </summary>
public static class CallerAddress
{
    private const string Header = "X-Forwarded-For";

    // The part that a provider gives to one line. Its owner can use any number of addresses within it.
    private const int LineBytes = 8;

    /// <summary>The caller's address without a port; of IPv6, the first half. Where there is none, the connection's own.</summary>
    public static string Of(HttpContext http)
    {
        // More lines of one header read as one line, in their order.
        var forwarded = http.Request.Headers[Header].ToString();
        var address = Read(forwarded[(forwarded.LastIndexOf(',') + 1)..]) ?? http.Connection.RemoteIpAddress;
        return address is null ? "" : NameOf(address);
    }

    /// <summary>
    /// One value: <c>192.0.2.1</c>, <c>192.0.2.1:50412</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c>, <c>[2001:db8::1]:50412</c>;
    /// null for anything else.
    /// </summary>
    public static IPAddress? Read(string value)
    {
        var text = value.AsSpan().Trim(" \t\"");
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            if (end < 0 || text[(end + 1)..] is not ([] or [':', ..])) return null;
            return IPAddress.TryParse(text[1..end], out var bracketed)
                && bracketed.AddressFamily == AddressFamily.InterNetworkV6 ? bracketed : null;
        }

        // One colon parts an address from its port; more of them are an address of IPv6 without one.
        var colon = text.IndexOf(':');
        if (colon >= 0 && colon == text.LastIndexOf(':')) text = text[..colon];
        // "1" and "0x7f.1" are addresses to the parser too, and nobody's front end writes them.
        return text.Contains('.') || text.Contains(':') ? IPAddress.TryParse(text, out var address) ? address : null : null;
    }

    private static string NameOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(LineBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
