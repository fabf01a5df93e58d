using System.Text.Json;

namespace VcasReceiver;

/// <summary>One line for each thing that happened: when, to which referral, what. No person is in it unless somebody asked.</summary>
internal sealed class Journal(TextWriter output, TimeProvider time, bool showPeople)
{
    private readonly Lock oneLineAtATime = new();

    public void Referral(ReferralMessage message, string what) => Line($"{message.ReferralId} {message.Purpose} {what}{Person(message)}");

    public void Refused(Refusal refusal) => Line($"- dead-lettered {refusal.Reason}: {refusal.Description}");

    public void Answered(string answerId) => Line($"{answerId.Replace('/', ' ')} sent");

    public void Bus(string what) => Line($"- {what}");

    public void Page(string what) => Line($"- page {what}");

    public void Decided(string answerId) => Line($"{answerId.Replace('/', ' ')} decided on the page");

    public void Erased(string referralId) => Line($"{referralId} erased on the page");

    private void Line(string text)
    {
        lock (oneLineAtATime)
        {
            output.WriteLine($"{time.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {text}");
            output.Flush();
        }
    }

    private string Person(ReferralMessage message)
    {
        if (!showPeople || message.Kind == MessageKind.Withdrawn) return "";
        using var data = JsonDocument.Parse(message.Data);
        var contact = data.RootElement.GetProperty("contact");
        var name = contact.TryGetProperty("name", out var known) ? known.GetString() : "no name";
        return contact.TryGetProperty("phone", out var phone) ? $" ({name}, {phone.GetString()})" : $" ({name}, by other routes)";
    }
}
