using System.Text.Json.Nodes;
using Shared;

namespace VcasFunctions.Tests;

/// <summary>Brings a household into a state, through the API alone.</summary>
internal sealed class Households(RunningApp app, Api api)
{
    /// <summary>The states that tests ask for, by name.</summary>
    public Task<Guid> InAsync(string state) => state switch
    {
        "waiting" => api.RecordAsync(Given.Declined()),
        "danger" => api.RecordAsync(Given.Declined().With("risks", new JsonArray("selfHarm"))),
        "seenTo" => SeenToAsync(),
        "due" => DueAsync(),
        "noNumber" => DueAsync(
            new JsonObject
            {
                ["answer"] = "notAsked",
                ["offeredAt"] = Given.Monday.AddDays(-30).ToString("O"),
                ["offeredAtConfirmed"] = true,
            }),
        "held" => HeldAsync("bailChanged"),
        "wrongNumber" => AfterAttemptAsync("wrongNumber", "07700 900123"),
        "referred" => ReferredAsync(),
        "referralClosed" => ReferralClosedAsync(),
        "doNotContact" => api.RecordAsync(new JsonObject { ["answer"] = "doNotContact" }),
        "declinedAgain" => AfterAttemptAsync("declined"),
        "withdrawn" => WithdrawnAsync(),
        "erased" => ErasedAsync(),
        "disclosure" => DisclosureAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    /// <summary>One that waits, is due or held, with this number.</summary>
    public async Task<Guid> WithNumberAsync(string state, string phone)
    {
        if (state == "due")
        {
            var longAgo = Given.Declined(phone).With("offeredAt", Given.Monday.AddDays(-33).ToString("O"));
            return await DueAsync(longAgo.With("offeredAtConfirmed", true));
        }

        var id = await api.RecordAsync(Given.Declined(phone));
        if (state == "held")
            (await api.PutAsync($"call-backs/{id}/hold", new { reason = "childrensServices", reviewAt = Given.Monday.AddDays(4) }))
                .Must(200);
        return id;
    }

    /// <summary>A household that somebody should call now.</summary>
    public async Task<Guid> DueAsync(JsonObject? offer = null)
    {
        var id = await api.RecordAsync(offer ?? Given.DeclinedLongAgo());
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("due", await api.StateAsync(id));
        return id;
    }

    /// <summary>A household whose referral the queue has.</summary>
    public async Task<Guid> ReferredAsync(JsonObject? offer = null)
    {
        var id = await api.RecordAsync(offer ?? Given.Accepted());
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        return id;
    }

    private async Task<Guid> HeldAsync(string reason)
    {
        var id = await api.RecordAsync(Given.Declined());
        (await api.PutAsync($"call-backs/{id}/hold", new { reason, reviewAt = Given.Monday.AddDays(7) })).Must(200);
        return id;
    }

    private async Task<Guid> AfterAttemptAsync(string outcome, string? phone = null)
    {
        var id = await DueAsync(phone is null ? null : Given.DeclinedLongAgo().With("contact", new JsonObject { ["phone"] = phone }));
        (await api.AttemptAsync(id, outcome)).Must(200);
        return id;
    }

    private async Task<Guid> WithdrawnAsync()
    {
        var id = await api.RecordAsync(Given.Declined());
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
        return id;
    }

    private async Task<Guid> SeenToAsync()
    {
        var id = await InAsync("danger");
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "welfareCheck" })).Must(200);
        return id;
    }

    private async Task<Guid> DisclosureAsync()
    {
        var id = await WithdrawnAsync();
        (await api.PutAsync($"offers/{id}/disclosure-hold", new { reason = "cpia", reviewAt = Given.Monday.AddDays(90) })).Must(200);
        return id;
    }

    private async Task<Guid> ErasedAsync()
    {
        var id = await WithdrawnAsync();
        (await api.PostAsync($"offers/{id}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
        return id;
    }

    private async Task<Guid> ReferralClosedAsync()
    {
        var id = await ReferredAsync();
        await using var vcas = new VcasSide(app);
        await vcas.AnswerAsync(id, "closed", reason: "completed");
        Assert.Equal("closed", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        return id;
    }
}
