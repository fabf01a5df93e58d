using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>Stops the start when the law is set as it can't be, or set without a version by which a household could keep it.</summary>
public sealed partial class LawOptionsValidator(IConfiguration configuration) : SettingsValidator<LawOptions>
{
    private const string Code = "letters, digits, dots and hyphens, at most 30";
    private const int LongestWords = 2000;
    private const int LongestQuestion = 500;

    /// <summary>Whether this names a version of words.</summary>
    public static bool IsVersion(string text) => VersionCode().IsMatch(text);

    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(LawOptions options)
    {
        if (options.Version is { } version && !IsVersion(version)) yield return $"Vcas:Law:Version must be {Code}.";
        if (!IsVersion(options.ConsentWordsVersion)) yield return $"Vcas:Law:ConsentWordsVersion must be {Code}.";
        if (options is not { Article6: null, Article9: null, Schedule1: null, Words: null, Since: null } && options.Version is null)
            yield return "Vcas:Law:Version must name what is set under Vcas:Law: each household keeps it.";
        if (options.Version is not null && options.Article6 is null)
            yield return "Vcas:Law:Article6 must be set where Vcas:Law:Version is: without a basis under article 6 nothing may be kept.";
        if (!IsText(options.Words, LongestWords) && options.Words is not null)
            yield return $"Vcas:Law:Words must be at most {LongestWords} characters on one line.";
        if (!IsText(options.ConsentWords, LongestQuestion))
            yield return $"Vcas:Law:ConsentWords must say in at most {LongestQuestion} characters on one line what is asked.";
        if (options.Article9 is { } article && article.NeedsPart1() && options.Schedule1?.IsOfPart1() != true)
            yield return $"Vcas:Law:Schedule1 must be a condition of Part 1 where Vcas:Law:Article9 is {Word.Of(article)} "
                + "(Data Protection Act 2018, section 10(2)).";
        if (options is { Article9: Article9Condition.SubstantialPublicInterest } && options.Schedule1?.IsOfPart1() != false)
            yield return "Vcas:Law:Schedule1 must be a condition of Part 2 where Vcas:Law:Article9 is substantialPublicInterest "
                + "(Data Protection Act 2018, section 10(3)).";
        if (options.Article6 == LawfulBasis.Consent && configuration["Vcas:Policy:ConsentModel"] == Word.Of(ConsentModel.OptOut))
            yield return "Vcas:Law:Article6 can't be consent where Vcas:Policy:ConsentModel is optOut: nobody was asked.";
    }

    private static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.\-]{0,29}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionCode();
}
