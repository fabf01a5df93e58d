namespace Vcas.Domain;

/// <summary>
/// Something that must hold before a household's state may change. Each rule is an object named as a sentence
/// (<c>OfferMustBeOpen</c>), with a number that never changes its meaning: users, the API and the documents refer to it.
/// 1xxx what was sent, 2xxx offers, 3xxx call-backs, 4xxx referrals, 5xxx teams and policy.
/// </summary>
public interface IRule
{
    /// <summary>The number, unique among all rules and problems.</summary>
    int Code { get; }

    /// <summary>Whether the request itself must change, or the state of the household forbids it.</summary>
    RuleKind Kind { get; }

    /// <summary>Whether the rule holds.</summary>
    bool IsKept { get; }

    /// <summary>What the person who is refused can do. Never holds a person's data.</summary>
    string Message { get; }
}

/// <summary>What a broken rule says about the request.</summary>
public enum RuleKind
{
    /// <summary>The request can't be right in any state: change it.</summary>
    Request,

    /// <summary>The household's state forbids it: look at the state first.</summary>
    State,
}

/// <summary>A command was refused because a rule would be broken. Nothing has changed.</summary>
public sealed class RuleBrokenException(IRule rule) : Exception($"{rule.GetType().Name} ({rule.Code}): {rule.Message}")
{
    /// <summary>The rule that refused.</summary>
    public IRule Rule { get; } = rule;

    /// <summary>The rule's name as words: "Offer must be open".</summary>
    public string Title => Sentence(Rule.GetType().Name);

    internal static string Sentence(string name) =>
        string.Concat(name.Select((letter, index) =>
            index > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}

/// <summary>Checks rules in the order in which they are given.</summary>
public static class Rules
{
    /// <summary>Goes on when every rule is kept.</summary>
    /// <exception cref="RuleBrokenException">The first rule that is not.</exception>
    public static void Keep(params ReadOnlySpan<IRule> rules)
    {
        foreach (var rule in rules)
        {
            if (!rule.IsKept) throw new RuleBrokenException(rule);
        }
    }
}
