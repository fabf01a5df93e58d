using System.Text;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Sealing;

/// <summary>What is sealed opens in its own place with its own key, and nowhere else.</summary>
public sealed class SealerTests
{
    private static readonly Guid Household = Guid.Parse("0d9a4c1e-6a2b-4d77-8f10-5c3e2b1a0f01");
    private static readonly Guid Other = Guid.Parse("0d9a4c1e-6a2b-4d77-8f10-5c3e2b1a0f02");

    private readonly Sealer sealer = Keys.Sealer("k1", ("k1", 1));

    [Fact]
    public void What_was_sealed_opens_with_the_key_as_it_was_stored()
    {
        var key = sealer.NewKey(Household);
        var closed = Sealer.Seal(key, Household, "Persons", "07700 900123"u8);

        var stored = sealer.OpenKey(Household, key.KeyId, key.Wrapped);
        Assert.Equal("07700 900123", Encoding.UTF8.GetString(Sealer.Open(stored, Household, "Persons", closed)));
        Assert.DoesNotContain("900123", Encoding.Latin1.GetString(closed), StringComparison.Ordinal);
        Assert.NotEqual(closed, Sealer.Seal(key, Household, "Persons", "07700 900123"u8));
    }

    [Fact]
    public void Moved_to_another_household_or_column_it_does_not_open()
    {
        var key = sealer.NewKey(Household);
        var closed = Sealer.Seal(key, Household, "Persons", "07700 900123"u8);

        Assert.Throws<SealBrokenException>(() => Sealer.Open(key, Other, "Persons", closed));
        Assert.Throws<SealBrokenException>(() => Sealer.Open(key, Household, "State", closed));
        Assert.Throws<SealBrokenException>(() => sealer.OpenKey(Other, key.KeyId, key.Wrapped));
    }

    [Fact]
    public void Altered_in_any_byte_it_does_not_open()
    {
        var key = sealer.NewKey(Household);
        var closed = Sealer.Seal(key, Household, "Persons", "07700 900123"u8);
        for (var at = 0; at < closed.Length; at++)
        {
            var altered = closed.ToArray();
            altered[at] ^= 1;
            Assert.Throws<SealBrokenException>(() => Sealer.Open(key, Household, "Persons", altered));
        }

        Assert.Throws<SealBrokenException>(() => Sealer.Open(key, Household, "Persons", closed[..10]));
    }

    [Fact]
    public void A_key_that_was_taken_away_opens_nothing_and_says_so()
    {
        var key = sealer.NewKey(Household);
        var without = Keys.Sealer("k2", ("k2", 2));
        Assert.Contains(
            "Vcas:Sealing:Keys",
            Assert.Throws<SealBrokenException>(() => without.OpenKey(Household, key.KeyId, key.Wrapped)).Message,
            StringComparison.Ordinal);
        Assert.Throws<SealBrokenException>(() => without.OpenListed(Household, "Risks", sealer.SealListed(Household, "Risks", "violence")));
    }

    [Fact]
    public void Renewed_under_another_key_the_same_data_key_opens_what_it_sealed_before()
    {
        var old = sealer.NewKey(Household);
        var closed = Sealer.Seal(old, Household, "Persons", "07700 900123"u8);

        var both = Keys.Sealer("k2", ("k1", 1), ("k2", 2));
        var renewed = both.Renew(Household, both.OpenKey(Household, old.KeyId, old.Wrapped));
        Assert.Equal("k2", renewed.KeyId);
        var later = Keys.Sealer("k2", ("k2", 2)).OpenKey(Household, "k2", renewed.Wrapped);
        Assert.Equal("07700 900123", Encoding.UTF8.GetString(Sealer.Open(later, Household, "Persons", closed)));
        Assert.Equal(old.Hash("a request"), later.Hash("a request"));
    }

    [Fact]
    public void A_lists_column_is_sealed_equally_in_one_place_and_differently_in_two()
    {
        var closed = sealer.SealListed(Household, "Risks", "violence");
        Assert.Equal(closed, sealer.SealListed(Household, "Risks", "violence"));
        Assert.NotEqual(closed, sealer.SealListed(Other, "Risks", "violence"));
        Assert.NotEqual(closed, sealer.SealListed(Household, "SafeTimes", "violence"));
        Assert.DoesNotContain("violence", closed, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("violence", sealer.OpenListed(Household, "Risks", closed));
        Assert.Throws<SealBrokenException>(() => sealer.OpenListed(Other, "Risks", closed));
        Assert.Equal("", sealer.OpenListed(Household, "Risks", sealer.SealListed(Household, "Risks", "")));
    }

    [Fact]
    public void A_hash_is_another_under_another_key_and_for_another_purpose()
    {
        var hash = sealer.Hash("numbers", "+447700900123");
        Assert.Equal(hash, Keys.Sealer("k2", ("k2", 2)).Hash("numbers", "+447700900123"));
        Assert.NotEqual(hash, sealer.Hash("references", "+447700900123"));
        Assert.NotEqual(hash, System.Security.Cryptography.SHA256.HashData("+447700900123"u8));
    }
}
