namespace ActorFlow;

/// <summary>Types as text: short for readers, full for fingerprints.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>As a reader would write it: <c>IReadOnlyList&lt;int&gt;</c>.</summary>
    public static string Short(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Short(underlying) + "?";
        return Write(type, t => t.Name, Short);
    }

    /// <summary>As a reader would say it: <c>an int</c>, <c>a string</c>.</summary>
    public static string WithArticle(Type type)
    {
        var name = Short(type);
        return "aeioAEIO".Contains(name[0], StringComparison.Ordinal) ? $"an {name}" : $"a {name}";
    }

    /// <summary>With namespaces and without versions of assemblies, so that it is the same after an upgrade.</summary>
    public static string Full(Type type) => Write(type, QualifiedName, Full);

    private static string QualifiedName(Type type)
    {
        if (type.DeclaringType is { } outer) return $"{Full(outer)}+{type.Name}";
        return string.IsNullOrEmpty(type.Namespace) ? type.Name : $"{type.Namespace}.{type.Name}";
    }

    private static string Write(Type type, Func<Type, string> name, Func<Type, string> element)
    {
        if (type.IsArray) return $"{element(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        var own = name(type);
        // A generic type's own name ends in the number of its parameters: List`1.
        var tick = own.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0) own = own[..tick];
        return type.IsConstructedGenericType
            ? $"{own}<{string.Join(", ", type.GenericTypeArguments.Select(element))}>"
            : own;
    }
}
