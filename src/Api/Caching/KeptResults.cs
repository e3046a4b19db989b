using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>What caches and last runs have in common.</summary>
internal static class KeptResults
{
    /// <summary>Whether what was asked threw by itself: also as its own time was over, not the attempt's.</summary>
    public static bool IsTroubleOfItsOwn(Exception e, TaskCall call) =>
        e is not OperationCanceledException || !call.CancellationToken.IsCancellationRequested;

    /// <summary>An output as it is kept.</summary>
    public static ReadOnlyMemory<byte> JsonOf<T>(TaskCall call, Payload output) => output.IsEncoded
        ? output.Json
        : call.Stores.Json.Encode(call.Decode<T>(output)).Json;
}
