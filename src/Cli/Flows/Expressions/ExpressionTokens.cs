using System.Globalization;
using System.Text;

namespace ActorFlow.Cli;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A name or a word such as <c>and</c>.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>A sign.</summary>
    Sign,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says; of a text what is between the quotes.</param>
/// <param name="At">Where it begins, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At);

/// <summary>Takes the text of an expression apart.</summary>
internal sealed class ExpressionTokens(string text)
{
    private static readonly string[] Signs =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "(", ")", "[", "]", ",", "."];

    private int _at;

    /// <summary>The next token.</summary>
    /// <exception cref="ExpressionException">What follows is none.</exception>
    public Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        if (_at == text.Length) return new Token(TokenKind.End, "", _at);
        var c = text[_at];
        if (c is '\'' or '"') return Quoted(c);
        if (char.IsAsciiDigit(c)) return Number();
        if (char.IsAsciiLetter(c) || c == '_')
            return Take(TokenKind.Name, static t => char.IsAsciiLetterOrDigit(t) || t == '_');
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0) continue;
            _at += sign.Length;
            return new Token(TokenKind.Sign, sign, _at - sign.Length);
        }

        throw new ExpressionException(c switch
        {
            '=' => "'=' compares nothing; write '=='.",
            '$' => "An expression stands without '${' and '}'.",
            _ => $"'{c}' has no meaning here.",
        }, _at);
    }

    private Token Number()
    {
        var token = Take(TokenKind.Number, static t => char.IsAsciiDigit(t));
        // "1.x" is no number with a fraction: that has a digit behind the dot.
        if (_at + 1 >= text.Length || text[_at] != '.' || !char.IsAsciiDigit(text[_at + 1])) return token;
        _at++;
        return token with { Text = $"{token.Text}.{Take(TokenKind.Number, static t => char.IsAsciiDigit(t)).Text}" };
    }

    private Token Take(TokenKind kind, Func<char, bool> belongs)
    {
        var from = _at;
        while (_at < text.Length && belongs(text[_at])) _at++;
        return new Token(kind, text[from.._at], from);
    }

    private Token Quoted(char quote)
    {
        var from = _at++;
        var content = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == quote)
            {
                _at++;
                return new Token(TokenKind.Text, content.ToString(), from);
            }

            content.Append(text[_at] == '\\' ? Escaped() : text[_at]);
        }

        throw new ExpressionException($"The text is not closed; a {quote} is missing.", from);
    }

    private char Escaped()
    {
        var from = _at++;
        switch (_at < text.Length ? text[_at] : '\0')
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '\\' or '\'' or '"': return text[_at];
            case 'u' when _at + 4 < text.Length && ushort.TryParse(
                text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw new ExpressionException(@"A '\' stands before \, ', "", n, r, t, or u and four digits.", from);
        }
    }
}
