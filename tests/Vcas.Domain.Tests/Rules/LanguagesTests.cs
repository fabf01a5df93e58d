using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

/// <summary>Whoever books an interpreter reads the language's name, not its tag.</summary>
public sealed class LanguagesTests
{
    [Theory]
    [InlineData("so", "Somali")]
    [InlineData("BFI", "British Sign Language")]
    [InlineData("pa-Guru", "Punjabi (pa-Guru)")]
    [InlineData("pt-BR", "Portuguese (pt-BR)")]
    [InlineData("xh", "xh")]
    [InlineData(null, null)]
    public void A_language_has_its_name_and_an_unknown_one_its_tag(string? tag, string? name) => Assert.Equal(name, Languages.NameOf(tag));
}
