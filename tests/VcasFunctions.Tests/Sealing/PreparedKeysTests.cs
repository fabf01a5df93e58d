using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Sealing;

/// <summary>Keys that are prepared once do what .NET's own do with the key anew each time, for many at once.</summary>
public sealed class PreparedKeysTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    [Fact]
    public void A_hash_is_that_of_dotnet_however_many_are_made_at_once()
    {
        var hash = new KeyedHash(Key);
        var wrong = new ConcurrentBag<int>();
        Parallel.For(0, 2_000, number =>
        {
            var contents = Encoding.UTF8.GetBytes(new string('x', number % 300) + number);
            if (!hash.Of(contents).SequenceEqual(HMACSHA256.HashData(Key, contents))) wrong.Add(number);
        });
        Assert.Empty(wrong);
    }

    [Fact]
    public void What_is_sealed_at_once_by_many_opens_each_with_its_own_contents()
    {
        var cipher = new PreparedCipher(Key);
        var wrong = new ConcurrentBag<int>();
        Parallel.For(0, 2_000, number =>
        {
            var (contents, about) = (Encoding.UTF8.GetBytes($"contents {number}"), Encoding.UTF8.GetBytes($"place {number}"));
            var opened = PreparedCipher.OpenOnce(Key, cipher.Seal(contents, about), about);
            var again = cipher.Open(PreparedCipher.SealOnce(Key, contents, about), about);
            if (!opened.SequenceEqual(contents) || !again.SequenceEqual(contents)) wrong.Add(number);
        });
        Assert.Empty(wrong);
    }

    [Fact]
    public void After_a_seal_that_was_broken_the_next_one_opens()
    {
        var cipher = new PreparedCipher(Key);
        var closed = cipher.Seal("contents"u8, [1]);
        Assert.Throws<SealBrokenException>(() => cipher.Open(closed, [2]));
        Assert.Equal("contents"u8.ToArray(), cipher.Open(closed, [1]));
    }

    [Fact]
    public void The_same_nonce_seals_alike_and_another_does_not()
    {
        var cipher = new PreparedCipher(Key);
        var nonce = new byte[32];
        Assert.Equal(cipher.Seal(nonce, "contents"u8, [1]), cipher.Seal(nonce, "contents"u8, [1]));
        Assert.NotEqual(cipher.Seal("contents"u8, [1]), cipher.Seal("contents"u8, [1]));
    }
}
