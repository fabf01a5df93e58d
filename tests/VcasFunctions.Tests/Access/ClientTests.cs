using VcasFunctions.Access;
using VcasFunctions.Description;
using VcasFunctions.Tests.BadInput;

namespace VcasFunctions.Tests.Access;

/// <summary>
/// The same person with the same roles: let in through the force's applications, and through no other where they are named.
/// </summary>
public sealed class ClientTests(ClientTests.OneConnector app) : IClassFixture<ClientTests.OneConnector>
{
    private const string Connector = "a0000000-0000-4000-8000-0000000000c1";

    [Theory]
    [InlineData("azp", Connector)]
    [InlineData("azp", "A0000000-0000-4000-8000-0000000000C1")]
    [InlineData("appid", Connector)]
    [InlineData("azp", null)]
    public async Task Through_an_application_that_is_named_or_the_console_people_come_in(string claim, string? client)
    {
        var (answer, _) = await app.SendAsync(Through(claim, client ?? app.Options.ConsoleClientId!), "GET", "api/call-backs");
        answer.Must(200);
    }

    [Theory]
    [InlineData("azp", "a0000000-0000-4000-8000-0000000000c2")]
    [InlineData("appid", "a0000000-0000-4000-8000-0000000000c2")]
    [InlineData("azp", "")]
    public async Task Through_any_other_no_route_lets_them_in_and_says_what_to_do(string claim, string client)
    {
        foreach (var route in AppRoute.All.Where(route => !AccessMatrix.Table.Of(route.Function).IsOpen))
        {
            var (answer, challenge) = await app.SendAsync(
                Through(claim, client), route.Method, route.PathFor(Guid.NewGuid().ToString()), "{}");
            answer.MustRefuse(403, 1018);
            Assert.StartsWith("Bearer", challenge, StringComparison.Ordinal);
            Assert.Contains("Vcas:Access:Clients", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_none_is_named_any_application_of_the_directory_may() => Assert.True(new AccessOptions().LetsIn(Connector));

    [Fact]
    public void The_console_need_not_be_there() => Assert.False(new AccessOptions { Clients = [Connector] }.LetsIn(""));

    private string Through(string claim, string client) => app.Token(Enum.GetValues<Role>(), [AccessApp.NorthCalls], token =>
    {
        token.Claims.Remove("azp");
        token.Claims[claim] = client;
    });

    /// <summary>Takes the console and one connector.</summary>
    public sealed class OneConnector() : AccessApp($"Vcas:Access:Clients:0={Connector}");
}
