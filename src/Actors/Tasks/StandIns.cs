using System.Reflection;
using System.Text.Json;

namespace ActorFlow.Actors;

/// <summary>
/// Outputs that somebody says in the place of a task's own: kept only if whoever takes them can read them.
/// </summary>
internal static class StandIns
{
    private static readonly MethodInfo Decode = typeof(IPayloadCodec).GetMethod(nameof(IPayloadCodec.Decode))!;

    /// <summary>The output as the journal keeps it.</summary>
    /// <param name="codec">How the engine reads and writes values.</param>
    /// <param name="task">The task that it is said for.</param>
    /// <param name="type">What the task gives; null if that is not known.</param>
    /// <param name="output">What is said; null for no value.</param>
    /// <exception cref="PayloadException">It cannot be kept, or not be read as what the task gives.</exception>
    public static Payload Kept(IPayloadCodec codec, string task, Type? type, Payload? output)
    {
        output ??= Payload.None;
        output = output.IsEncoded ? PayloadException.RequireSize(output, typeof(Payload)) : codec.Encode(output.Value);
        if (type == typeof(Nothing) || (ReferenceEquals(output, Payload.None) && MayBeNothing(type))) return output;
        if (ReferenceEquals(output, Payload.None))
            throw new PayloadException($"Task '{task}' gives a value of type {type}; say what stands in for it.");
        var wanted = type is null || type == typeof(Payload) ? typeof(JsonElement) : type;
        try
        {
            if (output.IsEncoded || wanted != typeof(JsonElement))
                Decode.MakeGenericMethod(wanted).Invoke(codec, BindingFlags.DoNotWrapExceptions, null, [output], null);
            return output;
        }
        catch (PayloadException e)
        {
            throw new PayloadException($"This cannot stand in for the output of task '{task}': {e.Message}", e);
        }
    }

    private static bool MayBeNothing(Type? type) =>
        type is not { IsValueType: true } || Nullable.GetUnderlyingType(type) is not null;
}
