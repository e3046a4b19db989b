using System.Globalization;
using System.Text;

namespace ActorFlow.Cli;

/// <summary>Writes expressions so that reading them gives the same again.</summary>
internal static class ExpressionText
{
    public static string Of(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal: WriteLiteral(text, literal.Value); break;
            case Expression.Root root: text.Append(root.Name); break;
            case Expression.Sequence list: WriteAll(text, '[', list.Items, ']'); break;
            case Expression.Call call: WriteAll(text.Append(call.Function), '(', call.Arguments, ')'); break;
            case Expression.Field field:
                WritePart(text, field.Owner);
                if (IsPlain(field.Name)) text.Append('.').Append(field.Name);
                else WriteLiteral(text.Append('['), field.Name).Append(']');
                break;
            case Expression.Element element:
                WritePart(text, element.Owner);
                Write(text.Append('['), element.Index);
                text.Append(']');
                break;
            case Expression.Prefixed prefixed:
                WritePart(text.Append(prefixed.Sign == "not" ? "not " : "-"), prefixed.Of);
                break;
            case Expression.Joined joined:
                WritePart(text, joined.Left);
                WritePart(text.Append(' ').Append(joined.Sign).Append(' '), joined.Right);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(
                    $"{expression.GetType()} has no arm [this is a bug in ActorFlow].");
        }
    }

    private static void WritePart(StringBuilder text, Expression part)
    {
        var isMadeOfParts = part is Expression.Joined or Expression.Prefixed;
        if (isMadeOfParts) text.Append('(');
        Write(text, part);
        if (isMadeOfParts) text.Append(')');
    }

    private static void WriteAll(StringBuilder text, char open, IReadOnlyList<Expression> all, char close)
    {
        text.Append(open);
        for (var i = 0; i < all.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, all[i]);
        }

        text.Append(close);
    }

    private static StringBuilder WriteLiteral(StringBuilder text, object? value) => value switch
    {
        null => text.Append("null"),
        bool flag => text.Append(flag ? "true" : "false"),
        decimal number => text.Append(number.ToString(CultureInfo.InvariantCulture)),
        _ => WriteQuoted(text, (string)value),
    };

    private static StringBuilder WriteQuoted(StringBuilder text, string content)
    {
        text.Append('\'');
        foreach (var c in content)
        {
            if (c is '\'' or '\\') text.Append('\\').Append(c);
            else if (char.IsControl(c) || char.IsSurrogate(c))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else text.Append(c);
        }

        return text.Append('\'');
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
