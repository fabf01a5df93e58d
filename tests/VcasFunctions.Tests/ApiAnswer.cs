using System.Text.Json;
using VcasFunctions.Http;

namespace VcasFunctions.Tests;

/// <summary>What the app answered.</summary>
public sealed record ApiAnswer(int Status, string? ContentType, string Text)
{
    /// <summary>The body.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The problem's number.</summary>
    public int Code => Json.GetProperty("code").GetInt32();

    /// <summary>A text by its path, as <c>referral.state</c> or <c>offers.0.state</c>; null where it is absent.</summary>
    public string? this[string path]
    {
        get
        {
            var at = Json;
            foreach (var step in path.Split('.'))
            {
                if (at.ValueKind == JsonValueKind.Array)
                {
                    var index = int.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
                    if (index >= at.GetArrayLength()) return null;
                    at = at[index];
                }
                else if (!at.TryGetProperty(step, out at))
                {
                    return null;
                }
            }

            return at.ValueKind == JsonValueKind.String ? at.GetString() : at.GetRawText();
        }
    }

    /// <summary>This answer, if its status is the one expected.</summary>
    public ApiAnswer Must(int status)
    {
        Assert.True(Status == status, $"Expected {status}, and it answered {Status}: {Text}");
        return this;
    }

    /// <summary>This answer, if it is a complete problem of this status and number that says what to change.</summary>
    public ApiAnswer MustRefuse(int status, int code)
    {
        Must(status);
        MustBeAProblem();
        Assert.True(Code == code, $"Expected problem {code}: {Text}");
        return this;
    }

    /// <summary>Holds it to RFC 9457 and to our own members.</summary>
    public void MustBeAProblem()
    {
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal($"urn:vcas:problem:{Code}", this["type"]);
        Assert.Equal(Status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(this["title"]), Text);
        Assert.True(this["detail"] is { Length: > 15 } detail && detail.TrimEnd().EndsWith('.'), Text);
    }
}
