using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;

namespace VcasFunctions.Tests.Routes;

/// <summary>An offer that is refused because its id is another's has been indexed before anybody knew: the night takes that away.</summary>
public sealed class RefusedOfferTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Tables", "Local")]
    public async Task The_number_of_an_offer_that_was_refused_leads_to_no_household_after_a_night()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = Guid.NewGuid();
        (await api.PutAsync($"offers/{id}", Given.Declined("07700 900617"))).Must(201);
        (await api.PutAsync($"offers/{id}", Given.Declined("07700 900618"))).MustRefuse(409, 1007);
        var index = app.Services.GetRequiredService<HouseholdIndex>();
        Assert.Equal([id], await index.FindByPhoneAsync("+447700900618", Cancellation));

        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);

        Assert.Empty(await index.FindByPhoneAsync("+447700900618", Cancellation));
        Assert.Equal([id], await index.FindByPhoneAsync("+447700900617", Cancellation));
    }
}
