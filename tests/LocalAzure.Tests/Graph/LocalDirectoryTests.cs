using System.Net.Http.Headers;
using System.Text.Json;
using LocalAzure.Tests.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAzure.Tests.Graph;

/// <summary>The directory in Graph's place knows whom the local issuer signs in.</summary>
public sealed class LocalDirectoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "m1 Kim Example", "m2 Lou Example")]
    [InlineData(true, "m1 ", "m2 ")]
    public async Task A_groups_people_have_their_names_page_by_page_unless_nobody_may_read_them(bool hidden, params string[] expected)
    {
        await using var app = await TestApp.StartAsync(
            typeof(LocalGraphTests.Functions),
            builder => builder.Services.AddHttpClient("graph"),
            null,
            "--LocalAzure:Identity:TenantId=t",
            "--LocalAzure:Identity:Audience=a",
            "--LocalAzure:Identity:People:kim:Id=m1",
            "--LocalAzure:Identity:People:kim:Name=Kim Example",
            "--LocalAzure:Identity:People:kim:Groups:0=callers",
            "--LocalAzure:Identity:People:lou:Id=m2",
            "--LocalAzure:Identity:People:lou:Groups:0=callers",
            "--LocalAzure:Identity:People:max:Id=m3",
            "--LocalAzure:Identity:People:max:Groups:0=others",
            "--LocalAzure:Graph:Names:m2=Lou Example",
            $"--LocalAzure:Graph:HidesNames={hidden}");
        using var graph = app.Host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("graph");
        graph.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        graph.DefaultRequestHeaders.Add("ConsistencyLevel", "eventual");

        var found = new List<string>();
        string? next = "https://graph.microsoft.com/v1.0/groups/callers/transitiveMembers/graph.user"
            + "?$select=id,displayName&$count=true&$top=1";
        while (next is not null)
        {
            var page = JsonDocument.Parse(await graph.GetStringAsync(next, Cancellation)).RootElement;
            found.AddRange(page.GetProperty("value").EnumerateArray()
                .Select(user => $"{user.GetProperty("id")} {user.GetProperty("displayName")}"));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(expected, found);
    }
}
