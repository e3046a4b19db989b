using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ActorFlow.House.Tests.ApiText;

/// <summary>Writes what an assembly offers its users as text that reads like C#, and is always the same.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All that is public in an assembly, by namespace and name.</summary>
    public static string Print(Assembly assembly) => Print(assembly.GetExportedTypes().Where(type => !type.IsNested));

    /// <summary>All that is public in some types.</summary>
    public static string Print(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var group in types.GroupBy(type => type.Namespace ?? "").OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (text.Length > 0) text.Append('\n');
            text.Append($"namespace {group.Key}\n{{\n");
            Types(text, group, indent: "    ");
            text.Append("}\n");
        }

        return text.ToString();
    }

    private static void Types(StringBuilder text, IEnumerable<Type> types, string indent)
    {
        foreach (var type in types.Where(IsShown).OrderBy(TypeNames.Declared, StringComparer.Ordinal))
            Type(text, type, indent);
    }

    private static void Type(StringBuilder text, Type type, string indent)
    {
        var members = type.IsEnum ? Values(type) : type.IsSubclassOf(typeof(Delegate)) ? [] : Members(type);
        var nested = type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(IsShown).ToList();
        text.Append(indent).Append(Head(type));
        if (members.Count == 0 && nested.Count == 0)
        {
            text.Append(";\n");
            return;
        }

        text.Append('\n').Append(indent).Append("{\n");
        foreach (var member in members) text.Append(indent).Append("    ").Append(member).Append('\n');
        Types(text, nested, indent + "    ");
        text.Append(indent).Append("}\n");
    }

    private static string Head(Type type)
    {
        var access = type.IsNested && !type.IsNestedPublic ? "protected " : "public ";
        var name = TypeNames.Declared(type);
        if (type.IsSubclassOf(typeof(Delegate)))
            return access + MemberText.OfDelegate(type.GetMethod("Invoke")!, name) + Constraints(type);
        var bases = type.IsEnum ? Storage(type) : Bases(type);
        return $"{access}{Kind(type)} {name}"
            + (bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}") + Constraints(type);
    }

    private static string Kind(Type type)
    {
        var record = IsRecord(type) ? "record " : "";
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (type.IsValueType)
        {
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : "") + record + "struct";
        }

        var kind = record.Length > 0 ? "record" : "class";
        if (type is { IsAbstract: true, IsSealed: true }) return "static " + kind;
        return (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + kind;
    }

    private static List<string> Storage(Type type) =>
        Enum.GetUnderlyingType(type) == typeof(int) ? [] : [TypeNames.Of(Enum.GetUnderlyingType(type))];

    private static List<string> Bases(Type type)
    {
        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases.Add(TypeNames.Of(parent));
        var own = type.GetInterfaces().Where(each => each.IsVisible)
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .Except(type.GetInterfaces().SelectMany(each => each.GetInterfaces()))
            .Where(each => !IsRecord(type) || each != typeof(IEquatable<>).MakeGenericType(type));
        bases.AddRange(own.Select(TypeNames.Of).Order(StringComparer.Ordinal));
        return bases;
    }

    private static string Constraints(Type type) =>
        MemberText.Constraints(type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0));

    private static List<string> Values(Type type) => [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => $"{field.Name} = {field.GetRawConstantValue()},")];

    private static List<string> Members(Type type) =>
    [
        .. Sorted(type.GetFields(Declared)
            .Where(each => (each.IsPublic || each.IsFamily || each.IsFamilyOrAssembly) && IsWritten(each)),
            MemberText.Of),
        .. Sorted(type.GetConstructors(Declared).Where(each => IsOffered(each) && !IsCopy(each)), MemberText.Of),
        .. Sorted(type.GetProperties(Declared)
            .Where(each => IsWritten(each) && (IsOffered(each.GetMethod) || IsOffered(each.SetMethod))),
            MemberText.Of),
        .. Sorted(type.GetEvents(Declared).Where(each => IsOffered(each.AddMethod)), MemberText.Of),
        .. Sorted(type.GetMethods(Declared)
            .Where(each => IsOffered(each) && IsWritten(each) && (!each.IsSpecialName || IsOperator(each))),
            MemberText.Of),
    ];

    /// <summary>What only derived classes can use is not offered by a class that has none outside.</summary>
    private static bool IsOffered(MethodBase? method) => MemberText.IsVisible(method)
        && (method!.IsPublic || !method.DeclaringType!.IsSealed);

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsWritten(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && !member.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsShown(Type type) => IsWritten(type)
        && (!type.IsNested || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", Declared)?.IsDefined(
            typeof(CompilerGeneratedAttribute), inherit: false) == true);

    /// <summary>The compiler gives every open record a constructor that copies.</summary>
    private static bool IsCopy(ConstructorInfo constructor) => IsRecord(constructor.DeclaringType!)
        && constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> write)
        where T : MemberInfo => members
            .Select(member => (member.Name, Text: write(member)))
            .OrderBy(each => each.Name, StringComparer.Ordinal).ThenBy(each => each.Text, StringComparer.Ordinal)
            .Select(each => each.Text);
}
