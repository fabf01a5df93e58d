using System.Text.Json.Nodes;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>Where a claim is seen: in the list, and in the audit.</summary>
public sealed partial class ClaimTests
{
    [Fact]
    public async Task The_list_can_be_asked_for_what_is_mine_nobodys_or_somebodys()
    {
        var (nobodys, ones, twos) = (await households.DueAsync(), await households.DueAsync(), await households.DueAsync());
        (await all.PutAsync($"call-backs/{ones}/assignee", new { person = IdOf(1) })).Must(200);
        (await all.PutAsync($"call-backs/{twos}/assignee", new { person = IdOf(2).ToUpperInvariant() })).Must(200);

        Assert.Equal([ones], await IdsAsync(callers[1], "me"));
        Assert.Equal([nobodys], await IdsAsync(callers[1], "none"));
        Assert.Equal([twos], await IdsAsync(callers[1], IdOf(2)));
        Assert.Empty(await IdsAsync(callers[1], IdOf(5)));
        Assert.Equal(3, (await IdsAsync(callers[1], "")).Count);
        Assert.True((await RowAsync(callers[2], twos)).GetProperty("mine").GetBoolean());
        Assert.False((await RowAsync(callers[1], twos)).GetProperty("mine").GetBoolean());
        Assert.False((await RowAsync(callers[1], nobodys)).GetProperty("mine").GetBoolean());
        foreach (var wrong in new[] { "Me", "nobody", "alex@example.police.uk", "{" + IdOf(1) + "}" })
            (await callers[1].GetAsync($"call-backs?assignee={wrong}")).MustRefuse(400, 1010);
    }

    [Fact]
    public async Task A_claim_is_a_look_at_the_household_and_stands_in_the_audit()
    {
        var id = await households.DueAsync();
        (await ClaimAsync(4, id)).Must(200);
        (await ClaimAsync(5, id)).MustRefuse(409, 3021);
        (await ReleaseAsync(callers[4], id)).Must(200);
        var audit = (await all.GetAsync($"audit?offerId={id}&format=ndjson")).Must(200).Text;
        var lines = audit.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var looks = lines.Where(line => (string?)line["what"] is "callClaimed" or "claimReleased").ToList();
        Assert.Equal(["callClaimed", "claimReleased"], looks.Select(line => (string?)line["what"]));
        Assert.All(looks, line => Assert.Equal(IdOf(4), (string?)line["byId"]));
    }
}
