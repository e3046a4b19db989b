using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorFlow;

/// <summary>Values as text for keys: one that tells them from others, and is the same everywhere.</summary>
internal static class ValueText
{
    /// <summary>The text of a value.</summary>
    public static string Of(object? value) => value switch
    {
        null => "null",
        // Other forms of a time leave something out.
        IFormattable time when IsTime(time.GetType()) => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Whether values of a type have a text of their own: lists have but the name of their type.</summary>
    public static bool Has(Type type) => Has(type, []);

    private static bool IsTime(Type type) =>
        type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeOnly)
        || type == typeof(DateOnly);

    private static bool Has(Type type, HashSet<Type> around)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        // Within other text times are written in a form that leaves something out.
        if (typeof(IFormattable).IsAssignableFrom(type)) return around.Count == 0 || !IsTime(type);
        var isNew = around.Add(type);
        if (typeof(ITuple).IsAssignableFrom(type)) return type.GenericTypeArguments.All(part => Has(part, around));
        var text = type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, []);
        if (text is null || text.DeclaringType == typeof(object) || text.DeclaringType == typeof(ValueType))
            return false;
        // The text of a record is that of its parts.
        return !text.IsDefined(typeof(CompilerGeneratedAttribute)) || !isNew
            || type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .All(property => Has(property.PropertyType, around));
    }
}
