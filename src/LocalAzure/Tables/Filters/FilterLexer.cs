using System.Globalization;
using LocalAzure.Tables.Entities;

namespace LocalAzure.Tables.Filters;

internal enum TokenKind
{
    End,
    Open,
    Close,
    Word,
    Literal,
}

/// <summary>One piece of a filter: a bracket, a word (property or operator), or a literal with its value.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, FilterLiteral? Literal = null);

/// <summary>Cuts a filter into tokens.</summary>
internal sealed class FilterLexer(string text)
{
    private int position;

    /// <summary>The next token.</summary>
    /// <exception cref="FilterException">There is something that no token begins with, or a literal that is malformed.</exception>
    public Token Next()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
        if (position == text.Length) return new Token(TokenKind.End, "");
        switch (text[position])
        {
            case '(':
                position++;
                return new Token(TokenKind.Open, "(");
            case ')':
                position++;
                return new Token(TokenKind.Close, ")");
            case '\'':
                return new Token(TokenKind.Literal, "", FilterLiteral.Of(Quoted()));
            case '-' or '+' or (>= '0' and <= '9'):
                return new Token(TokenKind.Literal, "", Number());
            default:
                return Word();
        }
    }

    private Token Word()
    {
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_')) position++;
        var word = text[start..position];
        if (word.Length == 0) throw new FilterException($"The filter has an unexpected character at {start}.");
        if (position < text.Length && text[position] == '\'') return new Token(TokenKind.Literal, "", Typed(word, start));
        return word switch
        {
            "true" => new Token(TokenKind.Literal, word, FilterLiteral.Of(true)),
            "false" => new Token(TokenKind.Literal, word, FilterLiteral.Of(false)),
            "NaN" => new Token(TokenKind.Literal, word, FilterLiteral.Of(double.NaN)),
            _ => new Token(TokenKind.Word, word),
        };
    }

    private FilterLiteral Typed(string type, int start)
    {
        var value = Quoted();
        switch (type)
        {
            case "datetime" when DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant):
                return FilterLiteral.Of(instant);
            case "guid" when Guid.TryParse(value, out var guid):
                return FilterLiteral.Of(guid);
            case "X" or "binary" when value.Length % 2 == 0 && value.All(char.IsAsciiHexDigit):
                return FilterLiteral.Of(Convert.FromHexString(value));
            default:
                throw new FilterException($"The filter has a malformed literal at {start}.");
        }
    }

    private string Quoted()
    {
        var start = position++;
        while (true)
        {
            var quote = text.IndexOf('\'', position);
            if (quote < 0) throw new FilterException($"The filter has a text that begins at {start} and never ends.");
            position = quote + 1;
            if (position == text.Length || text[position] != '\'')
                return text[(start + 1)..quote].Replace("''", "'", StringComparison.Ordinal);
            position++;
        }
    }

    private FilterLiteral Number()
    {
        var start = position++;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position])
            || text[position] is '.'
            || (text[position] is '-' or '+' && text[position - 1] is 'e' or 'E')))
            position++;
        var number = text.AsSpan(start, position - start);
        if (number is "-INF") return FilterLiteral.Of(double.NegativeInfinity);
        if (number[^1] is 'L' or 'l')
        {
            if (long.TryParse(number[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
                return FilterLiteral.Of(large);
        }
        else if (int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
        {
            return FilterLiteral.Of(small);
        }
        else if (number.IndexOfAny('.', 'e', 'E') >= 0
            && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
        {
            return FilterLiteral.Of(real);
        }

        throw new FilterException($"The filter has a malformed number at {start}.");
    }
}

/// <summary>The filter is not one that the service would take.</summary>
internal sealed class FilterException(string message) : Exception(message);
