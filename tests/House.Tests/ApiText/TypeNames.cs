using System.Reflection;

namespace ActorFlow.House.Tests.ApiText;

/// <summary>Writes types as C# does: <c>IReadOnlyList&lt;string?&gt;</c>.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
    };

    /// <summary>A type without what is known of its nullability.</summary>
    public static string Of(Type type) => Write(type, nullability: null);

    /// <summary>A type with the question marks of nullable references.</summary>
    public static string Of(NullabilityInfo nullability) => Write(nullability.Type, nullability);

    /// <summary>The name of a type where it is declared: its own, with type parameters.</summary>
    public static string Declared(Type type)
    {
        var outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = type.GetGenericArguments().Skip(outer).Select(Variance).ToList();
        return Simple(type) + (own.Count == 0 ? "" : $"<{string.Join(", ", own)}>");
    }

    private static string Write(Type type, NullabilityInfo? nullability)
    {
        // What is known of a reference to a variable is known of the variable.
        if (type.IsByRef || type.IsPointer)
            return Write(type.GetElementType()!, nullability) + (type.IsPointer ? "*" : "");
        if (Nullable.GetUnderlyingType(type) is { } value) return Write(value, nullability: null) + "?";
        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Write(type.GetElementType()!, nullability?.ElementType)}[{Commas(type)}]{mark}";
        if (Keywords.TryGetValue(type, out var keyword)) return keyword + mark;
        if (type.IsGenericParameter) return type.Name + (IsReference(type) ? mark : "");
        return Named(type, nullability) + mark;
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        var arguments = type.GetGenericArguments();
        var known = nullability?.GenericTypeArguments;
        var written = arguments
            .Select((each, i) => Write(each, known?.Length == arguments.Length ? known[i] : null))
            .ToList();
        if (type.Namespace == "System" && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
            return $"({string.Join(", ", written)})";
        var outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var prefix = type.DeclaringType is { } declaring
            ? Named(declaring.IsGenericTypeDefinition && outer > 0
                ? declaring.MakeGenericType(arguments[..outer]) : declaring, nullability: null) + "."
            : "";
        var own = written.Skip(outer).ToList();
        return prefix + Simple(type) + (own.Count == 0 ? "" : $"<{string.Join(", ", own)}>");
    }

    private static string Simple(Type type) => type.Name.Split('`')[0];

    // Of other parameters the runtime says that they may be null, whether a question mark is written or not.
    private static bool IsReference(Type parameter) =>
        parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);

    private static string Commas(Type array) => new(',', array.GetArrayRank() - 1);

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => "",
        } + parameter.Name;
}
