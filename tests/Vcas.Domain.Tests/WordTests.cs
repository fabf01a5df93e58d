using System.Reflection;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests;

/// <summary>The one reader of words takes what is published and nothing else.</summary>
public sealed class WordTests
{
    private static readonly IReadOnlyList<Type> Enums = [.. typeof(Word).Assembly.GetTypes().Where(type => type.IsEnum)];

    [Fact]
    public void Every_word_of_every_enum_is_read_as_what_it_was_written_from()
    {
        Assert.True(Enums.Count >= 15, $"Only {Enums.Count} enums were found.");
        foreach (var type in Enums)
            typeof(WordTests).GetMethod(nameof(EveryWordIsRead), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type).Invoke(null, null);
    }

    private static void EveryWordIsRead<T>() where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            var word = Word.Of(value);
            Assert.True(Word.TryRead<T>(word, out var read) && read.Equals(value), $"{typeof(T).Name} {word}");
            foreach (var other in new[]
            {
                value.ToString(), word.ToUpperInvariant(), $" {word}", $"{word} ", $"{word}\n", $"{word},", $"{word},{word}",
                $"{word}|{word}", value.ToString("D"),
            })
                Assert.True(other == word || !Word.TryRead<T>(other, out _), $"{typeof(T).Name} takes '{other}'");
        }

        Assert.Equal(Enum.GetValues<T>().Select(Word.Of), Word.All<T>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("accepted,declined")]
    [InlineData("declined, notAsked")]
    [InlineData("1")]
    [InlineData("+1")]
    [InlineData("noanswer")]
    [InlineData("n\u043eAnswer")]
    public void What_is_no_word_is_none(string? text)
    {
        Assert.False(Word.TryRead<OfferAnswer>(text, out var answer));
        Assert.Equal(default, answer);
        Assert.False(Word.TryRead<CallOutcome>(text, out _));
    }

    [Fact]
    public void A_value_without_a_name_is_never_written() => Assert.Throws<ArgumentOutOfRangeException>(() => Word.Of((ClosureReason)99));
}
