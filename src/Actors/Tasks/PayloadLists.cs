using System.Reflection;

namespace ActorFlow.Actors;

/// <summary>Reads a list of live payloads as a list of what they hold.</summary>
internal static class PayloadLists
{
    private static readonly MethodInfo CastOne =
        typeof(LivePayloadCodec).GetMethod(
            nameof(LivePayloadCodec.Cast), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Reads a list.</summary>
    /// <exception cref="PayloadException">A list is not what is wanted, or an element does not fit.</exception>
    public static T Cast<T>(Payload[] payloads)
    {
        var element = typeof(T).IsArray ? typeof(T).GetElementType()
            : typeof(T).IsGenericType ? typeof(T).GetGenericArguments()[0]
            : null;
        if (element is null) throw new PayloadException($"A list of {payloads.Length} values is not a {typeof(T)}.");
        var values = Array.CreateInstance(element, payloads.Length);
        var cast = CastOne.MakeGenericMethod(element);
        try
        {
            for (var i = 0; i < payloads.Length; i++) values.SetValue(cast.Invoke(null, [payloads[i]]), i);
        }
        catch (TargetInvocationException e) when (e.InnerException is PayloadException inner)
        {
            throw new PayloadException(inner.Message, inner);
        }

        return values is T list
            ? list
            : throw new PayloadException($"A list of {payloads.Length} values is not a {typeof(T)}.");
    }
}
