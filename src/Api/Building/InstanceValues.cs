using System.Globalization;
using System.Reflection;

namespace ActorFlow;

/// <summary>What an instance of a task's class was made with, as far as it can be said: its plain values.</summary>
/// <remarks>Services, collections and other objects are not looked into.</remarks>
internal static class InstanceValues
{
    /// <summary>The values of all fields that are numbers, texts, times and the like.</summary>
    public static string Of(object instance)
    {
        var values = new List<string>();
        for (var type = instance.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            foreach (var field in type.GetFields(
                BindingFlags.Instance | BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic))
                if (IsPlain(field.FieldType))
                    values.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{field.Name}={Text(field.GetValue(instance))}"));
        values.Sort(StringComparer.Ordinal);
        return string.Join('\n', values);
    }

    private static bool IsPlain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type == typeof(Uri)
            || (type.IsValueType && (type.IsPrimitive || type.IsEnum || typeof(IFormattable).IsAssignableFrom(type)));
    }

    private static string Text(object? value) => value switch
    {
        // Round trip: other formats leave out parts of a second.
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
