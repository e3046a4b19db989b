using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>A flow that a task has printed.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Inputs">What it takes.</param>
internal sealed record GeneratedFlow(Flow<Payload, Payload> Flow, DeclaredInputs Inputs);

/// <summary>
/// Makes flows of what a task has printed: the text is in the journal, and so is what its names meant.
/// </summary>
/// <param name="compile">Makes a flow of a text; what names of .NET tasks meant is given, or added.</param>
internal sealed class GeneratedFlows(Func<string, Dictionary<string, string>, GeneratedFlow> compile)
    : IExecutableFlowMaker
{
    private const string Text = "flow";
    private const string Uses = "uses";

    private readonly ConcurrentDictionary<string, GeneratedFlow> _known = new(StringComparer.Ordinal);

    // Each attempt of a task of the flow asks, and a source may be large.
    private readonly ConditionalWeakTable<Payload, GeneratedFlow> _bySource = [];

    public IReadOnlyList<string> Pools { get; } = [TaskPolicy.ComputePool, TaskPolicy.AsyncPool];

    /// <summary>The flow that was printed, and what is kept of it.</summary>
    /// <exception cref="FlowDefinitionException">It is none; places are those in the text.</exception>
    public (GeneratedFlow Flow, Payload Source) Read(string text)
    {
        var uses = new Dictionary<string, string>(StringComparer.Ordinal);
        var flow = compile(text, uses);
        var source = Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            [Text] = text,
            [Uses] = new JsonObject(uses.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))),
        }));
        return (_known.GetOrAdd(KeyOf(source), flow), source);
    }

    public FlowTemplate Make(Payload source)
    {
        var flow = Of(source).Flow;
        return new FlowTemplate(flow.Definition, flow.ResultTask);
    }

    public ExecutableFlow MakeExecutable(Payload source) => Of(source).Flow.Executable;

    private GeneratedFlow Of(Payload source) =>
        _bySource.GetValue(source, _ => _known.GetOrAdd(KeyOf(source), _ => Compile(source)));

    private GeneratedFlow Compile(Payload source)
    {
        var kept = (JsonObject)JsonValues.Of(source)!;
        var uses = ((JsonObject)kept[Uses]!)
            .ToDictionary(each => each.Key, each => each.Value!.GetValue<string>(), StringComparer.Ordinal);
        return compile(kept[Text]!.GetValue<string>(), uses);
    }

    private static string KeyOf(Payload source) => Convert.ToHexString(SHA256.HashData(source.Json.Span));
}
