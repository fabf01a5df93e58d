using VcasFunctions.Access;
using VcasFunctions.Settings;

namespace VcasFunctions.Tests.Access;

/// <summary>Whose team is whose is worked out once for a token, and anew when the settings change.</summary>
public sealed class MembershipTests
{
    private const string Group = "11111111-2222-4333-8444-000000000001";

    private readonly Person person = new("c0000000-0000-4000-8000-000000000001", new HashSet<Role>(), new HashSet<string> { Group }, "app");

    [Fact]
    public void Under_the_same_settings_it_is_the_same() =>
        Assert.Same(Membership.Of(person, Settings("north", out var settings)), Membership.Of(person, settings));

    [Fact]
    public void A_changed_setting_holds_at_once()
    {
        Assert.Equal(["north"], Membership.Of(person, Settings("north", out _)).Teams);
        Assert.Equal(["south"], Membership.Of(person, Settings("south", out _)).Teams);
    }

    [Fact]
    public void Another_token_of_the_same_person_has_its_own()
    {
        var settings = Settings("north", out _);
        Assert.Equal(["north"], Membership.Of(person, settings).Teams);
        Assert.Empty(Membership.Of(person with { Groups = new HashSet<string>() }, settings).Teams);
    }

    private static VcasOptions Settings(string team, out VcasOptions settings)
    {
        settings = new VcasOptions();
        settings.Teams.Add(team, new TeamOptions { GroupId = Group });
        return settings;
    }
}
