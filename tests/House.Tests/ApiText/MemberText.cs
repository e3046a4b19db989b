using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorFlow.House.Tests.ApiText;

/// <summary>Writes the members of a type as one line of C# each, without bodies.</summary>
internal static class MemberText
{
    /// <summary>A field or a constant.</summary>
    public static string Of(FieldInfo field)
    {
        var type = TypeNames.Of(Known(field));
        if (field.IsLiteral)
            return $"{Access(field.IsPublic)} const {type} {field.Name} = {Literal(field.GetRawConstantValue())};";
        var modifiers = (field.IsStatic ? " static" : "") + (field.IsInitOnly ? " readonly" : "") + Required(field);
        return $"{Access(field.IsPublic)}{modifiers} {type} {field.Name};";
    }

    /// <summary>A constructor.</summary>
    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor.IsPublic)} {constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)});";

    /// <summary>A property or an indexer.</summary>
    public static string Of(PropertyInfo property)
    {
        var get = property.GetMethod;
        var set = property.SetMethod;
        var leading = IsVisible(get) ? get! : set!;
        var text = $"{Modifiers(leading)}{Required(property)} {TypeNames.Of(Known(property))} ";
        var index = property.GetIndexParameters();
        text += index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var accessors = (IsVisible(get) ? "get; " : "") + (IsVisible(set) ? Setter(set!, leading) : "");
        return $"{text} {{ {accessors}}}";
    }

    /// <summary>An event.</summary>
    public static string Of(EventInfo @event) =>
        $"{Modifiers(@event.AddMethod!)} event {TypeNames.Of(Known(@event))} {@event.Name};";

    /// <summary>A method or an operator.</summary>
    public static string Of(MethodInfo method)
    {
        var result = Result(method);
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(each => each.Name))}>" : "";
        return $"{Modifiers(method)} {result} {method.Name}{generic}({Parameters(method)})"
            + $"{Constraints(method.IsGenericMethod ? method.GetGenericArguments() : [])};";
    }

    /// <summary>A method's result, parameters and name as a delegate has them.</summary>
    public static string OfDelegate(MethodInfo invoke, string name) =>
        $"delegate {Result(invoke)} {name}({Parameters(invoke)})";

    /// <summary>The <c>where</c> clauses of type parameters.</summary>
    public static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Select(each => (each.Name, Text: Constraint(each)))
            .Where(each => each.Text.Length > 0)
            .Select(each => $" where {each.Name} : {each.Text}"));

    /// <summary>Whether a user can call it, or a class derived by the user.</summary>
    public static bool IsVisible(MethodBase? method) =>
        method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Result(MethodInfo method)
    {
        var by = method.ReturnType.IsByRef
            ? method.ReturnParameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref " : "";
        return by + TypeNames.Of(Known(method.ReturnParameter));
    }

    private static string Constraint(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        var parts = new List<string>();
        if (isStruct) parts.Add("struct");
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) parts.Add("class");
        parts.AddRange(parameter.GetGenericParameterConstraints()
            .Where(type => type != typeof(ValueType)).Select(TypeNames.Of).Order(StringComparer.Ordinal));
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            parts.Add("new()");
        return string.Join(", ", parts);
    }

    private static string Modifiers(MethodBase method)
    {
        var text = Access(method.IsPublic);
        if (method.IsStatic) return text + (method.IsAbstract ? " static abstract" : " static");
        if (method.DeclaringType!.IsInterface) return text;
        if (method.IsAbstract) return text + " abstract";
        if (method is MethodInfo { IsVirtual: true, IsFinal: false } called)
            text += called.GetBaseDefinition() != called ? " override"
                : called.DeclaringType!.IsSealed ? "" : " virtual";
        return text;
    }

    private static string Setter(MethodInfo set, MethodInfo leading)
    {
        var isInit = set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        var access = set.IsPublic == leading.IsPublic ? "" : Access(set.IsPublic) + " ";
        return access + (isInit ? "init; " : "set; ");
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var by = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ => "",
        };
        var text = $"{by}{TypeNames.Of(Known(parameter))} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType
        && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.RawDefaultValue);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // Made anew each time: a context is not safe for threads, and tests run side by side.
    private static NullabilityInfo Known(ParameterInfo of) => new NullabilityInfoContext().Create(of);

    private static NullabilityInfo Known(PropertyInfo of) => new NullabilityInfoContext().Create(of);

    private static NullabilityInfo Known(FieldInfo of) => new NullabilityInfoContext().Create(of);

    private static NullabilityInfo Known(EventInfo of) => new NullabilityInfoContext().Create(of);

    private static string Required(MemberInfo member) =>
        member.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : "";

    private static string Access(bool isPublic) => isPublic ? "public" : "protected";
}
