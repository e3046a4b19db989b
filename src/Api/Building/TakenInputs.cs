using System.Reflection;
using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>What a typed task takes, read when an attempt runs: as values by name, and as canonical JSON.</summary>
/// <param name="reads">What reads each of the values, in order.</param>
internal sealed class TakenInputs(IReadOnlyList<Delegate> reads)
{
    private readonly List<TakenInput> _inputs =
        [.. reads.Select((read, i) => TakenInput.Of(Parameters.NameOf(Parameters.At(i, reads.Count)), read))];

    /// <summary>The type of the value that a delegate reads.</summary>
    public static Type TypeOf(Delegate read) => read.GetType().GenericTypeArguments[1];

    /// <summary>Everything that the task takes, as JSON that is the same for the same values.</summary>
    /// <exception cref="PayloadException">A value cannot be written as JSON.</exception>
    public byte[] Canonical(TaskCall call)
    {
        using var stream = new MemoryStream();
        foreach (var input in _inputs)
        {
            stream.Write(input.Canonical(call));
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    /// <summary>The names by which values can be had: of whole inputs, and of their fields.</summary>
    public IEnumerable<string> Names => _inputs.SelectMany(input => input.Names).Distinct(StringComparer.Ordinal);

    /// <summary>A value by name: of an input, of a field of one, or <c>input2.Field</c>.</summary>
    /// <returns>Null if there is none, or more than one.</returns>
    public TakenValue? Find(string name)
    {
        var found = _inputs.Select(input => input.Find(name)).Where(value => value is not null).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private abstract class TakenInput(string name, Type type)
    {
        private readonly MemberInfo[] _fields =
        [
            .. type.GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0),
            .. type.GetFields().Where(f => !f.IsStatic),
        ];

        public IEnumerable<string> Names => [name, .. _fields.Select(member => member.Name)];

        public static TakenInput Of(string name, Delegate read) => (TakenInput)Activator.CreateInstance(
            typeof(Of<>).MakeGenericType(TypeOf(read)), name, read)!;

        public abstract ReadOnlySpan<byte> Canonical(TaskCall call);

        public TakenValue? Find(string wanted)
        {
            if (wanted.Equals(name, StringComparison.OrdinalIgnoreCase)) return new(type, Value);
            var isOfThis = wanted.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase);
            var own = isOfThis ? wanted[(name.Length + 1)..] : wanted;
            var member = Array.Find(_fields, f => f.Name.Equals(own, StringComparison.OrdinalIgnoreCase));
            return member is null
                ? null
                : new(TypeOfMember(member), call => Value(call) is { } owner ? Get(member, owner) : null);
        }

        protected abstract object? Value(TaskCall call);

        private static Type TypeOfMember(MemberInfo member) =>
            member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

        private static object? Get(MemberInfo member, object owner) =>
            member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);
    }

    private sealed class Of<T>(string name, Func<TaskCall, T> read) : TakenInput(name, typeof(T))
    {
        public override ReadOnlySpan<byte> Canonical(TaskCall call)
        {
            try
            {
                return CanonicalJson.Of(read(call), call.Stores.Json.Options);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
            {
                throw new PayloadException(
                    $"What task '{call.Task.Name}' takes cannot be written as JSON, so nothing can tell whether it is "
                    + $"the same as before: {e.Message} Give the cache a key of its own.", e);
            }
        }

        protected override object? Value(TaskCall call) => read(call);
    }
}

/// <summary>A value that a task takes, or a part of one.</summary>
/// <param name="Type">Its declared type.</param>
/// <param name="Read">Reads it for an attempt.</param>
internal sealed record TakenValue(Type Type, Func<TaskCall, object?> Read);
