namespace LocalAzure.Tables.Filters;

/// <summary>
/// Reads the service's filter grammar: <c>or</c> binds loosest, then <c>and</c>, then <c>not</c>, then a comparison of a
/// property with a literal (either way round), a Boolean property alone, or brackets.
/// </summary>
internal sealed class FilterParser
{
    // Deep enough for anything that 15 comparisons need, shallow enough for any stack.
    private const int DeepestNesting = 100;

    private readonly FilterLexer lexer;
    private Token current;
    private int comparisons;
    private int depth;

    private FilterParser(string text)
    {
        lexer = new FilterLexer(text);
        current = lexer.Next();
    }

    /// <summary>The filter; nothing and blanks match everything.</summary>
    /// <exception cref="Azure.RequestFailedException">400 InvalidInput: the service would not take it.</exception>
    public static FilterNode Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return ConstantNode.True;
        try
        {
            var parser = new FilterParser(text);
            var node = parser.Or();
            if (parser.current.Kind != TokenKind.End) throw new FilterException("The filter goes on after its end.");
            return node;
        }
        catch (FilterException malformed)
        {
            throw TableFault.InvalidInput(malformed.Message).ToException();
        }
    }

    private FilterNode Or()
    {
        var left = And();
        while (Take("or")) left = new OrNode(left, And());
        return left;
    }

    private FilterNode And()
    {
        var left = Not();
        while (Take("and")) left = new AndNode(left, Not());
        return left;
    }

    private FilterNode Not()
    {
        if (++depth > DeepestNesting) throw new FilterException("The filter is nested too deeply.");
        var node = Take("not") ? new NotNode(Not()) : Primary();
        depth--;
        return node;
    }

    private FilterNode Primary()
    {
        var first = Take();
        switch (first.Kind)
        {
            case TokenKind.Open:
                var inner = Or();
                if (Take().Kind != TokenKind.Close) throw new FilterException("The filter lacks a closing bracket.");
                return inner;
            case TokenKind.Word when IsProperty(first.Text):
                return TakeComparison() is { } found
                    ? Compare(first.Text, found, Take().Literal)
                    : Count(new TruthNode(first.Text));
            case TokenKind.Literal when TakeComparison() is { } comparison:
                var property = Take();
                if (property.Kind != TokenKind.Word || !IsProperty(property.Text))
                    throw new FilterException("The filter compares two constants.");
                return Compare(property.Text, Mirror(comparison), first.Literal);
            case TokenKind.Literal when first.Literal?.Truth is { } truth:
                return Count(new ConstantNode(truth));
            default:
                throw new FilterException("The filter has an operator where a property should be, or ends too early.");
        }
    }

    private FilterNode Compare(string property, Comparison comparison, FilterLiteral? literal) =>
        Count(new ComparisonNode(
            property,
            comparison,
            literal ?? throw new FilterException("The filter compares a property with something that is no literal.")));

    private FilterNode Count(FilterNode node) =>
        ++comparisons <= TableLimits.Comparisons
            ? node
            : throw new FilterException($"The filter has more than {TableLimits.Comparisons} comparisons.");

    private Token Take()
    {
        var taken = current;
        current = lexer.Next();
        return taken;
    }

    private bool Take(string word)
    {
        if (current.Kind != TokenKind.Word || !string.Equals(current.Text, word, StringComparison.Ordinal)) return false;
        Take();
        return true;
    }

    private Comparison? TakeComparison()
    {
        if (current.Kind != TokenKind.Word || Operator(current.Text) is not { } comparison) return null;
        Take();
        return comparison;
    }

    private static bool IsProperty(string word) =>
        Operator(word) is null
        && word is not ("and" or "or" or "not") && word.Length <= TableLimits.NameCharacters && TableLimits.IsIdentifier(word);

    private static Comparison? Operator(string word) => word switch
    {
        "eq" => Comparison.Equal,
        "ne" => Comparison.NotEqual,
        "lt" => Comparison.Less,
        "le" => Comparison.LessOrEqual,
        "gt" => Comparison.Greater,
        "ge" => Comparison.GreaterOrEqual,
        _ => null,
    };

    private static Comparison Mirror(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => comparison,
    };
}
