using System.Net;
using System.Text.RegularExpressions;

namespace VcasLocal.Running.Seeding;

/// <summary>Somebody at VCAS, at the page in a browser: opens a referral, and takes it on.</summary>
internal sealed partial class VcasPage : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    // The queue is on this machine, and everything is up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri address;
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });

    public VcasPage(Uri address) => this.address = address;

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>Takes a referral on, once it has arrived; one that is answered already is left as it is.</summary>
    public async Task TakeOnAsync(string referralId, string caseReference, CancellationToken cancellation)
    {
        using (await http.GetAsync(address, cancellation))
        {
            // The key in the address opens it, and a cookie keeps it open.
        }

        var began = TimeProvider.System.GetTimestamp();
        var referral = new Uri(address, $"/referrals/{referralId}");
        while (true)
        {
            using var shown = await http.GetAsync(referral, cancellation);
            if (shown.StatusCode == HttpStatusCode.OK)
            {
                await AcceptAsync(referral, await shown.Content.ReadAsStringAsync(cancellation), caseReference, cancellation);
                return;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience) return;
            await Task.Delay(Between, TimeProvider.System, cancellation);
        }
    }

    private async Task AcceptAsync(Uri referral, string page, string caseReference, CancellationToken cancellation)
    {
        // The form that only this page has, and only while the referral waits for an answer.
        var field = HiddenField().Match(page);
        if (!field.Success || !page.Contains($"{referral.AbsolutePath}/accepted\"", StringComparison.Ordinal)) return;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [field.Groups["name"].Value] = field.Groups["value"].Value,
            ["caseReference"] = caseReference,
        });
        using var accepted = await http.PostAsync(new Uri($"{referral}/accepted"), form, cancellation);
    }

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]+)\">",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
