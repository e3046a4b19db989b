using ActorFlow.Cli;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Flow files: read, built, drawn, and asked what input they want.</summary>
internal sealed class FlowTarget(string name, int inputs, IReadOnlyList<string> tokens) : FuzzTarget
{
    public static readonly IReadOnlyList<string> YamlTokens =
    [
        .. YamlFlow.FlowKeys.Concat(YamlTask.TaskKeys).Concat(YamlPolicies.RetryKeys).Concat(YamlPolicies.TimeoutKeys)
            .Concat(YamlChoice.CaseKeys).Concat(YamlTelling.NoticeKeys).Concat(YamlKeeping.UpToDateKeys)
            .Select(key => key + ": "),
        "[a, b]", "{ a: b }", "{}", "[]", "? [a]\n: b\n", "? {a: b}\n: c\n", "- ", ": ", "\n  ", "\n", "|\n", ">-\n",
        "~",
        "null", "true", "!!int ", "!!binary ", "!x ", "&a ", "*a", "<<: *a", "---\n", "...\n", "%YAML 1.2\n",
        "%TAG ! x\n",
        "'", "\"", "#", "\t", "\\u0000", "\\uD834\\uDD1E", "${input.a}", "${needs.a.b}", "${item}",
        "${matrix.a}", "input.a == 'b'", "not (", " and ", "exists(needs.a)", "[1, 2][0]", "$${x}", "${input.", "a.b.c",
        "a?",
        "1d2h3m4s5ms", "1e9s", "99999999999d", "all-done", "any-failed", "escalate", "exponential", "decorrelated",
        "string", "integer?", "object", "exit 1", "flow: x\ntasks: { a: { run: b } }\n",
    ];

    public static readonly IReadOnlyList<string> WorkflowTokens =
    [
        "\"schemaVersion\":\"1.3\"", "\"schemaVersion\":\"1.5\",", "\"workflow\":{", "\"tasks\":[", "\"id\":",
        "\"name\":",
        "\"parents\":[", "\"children\":[", "\"runtime\":", "\"runtimeInSeconds\":", "\"files\":[",
        "\"link\":\"input\",",
        "\"link\":\"output\",", "\"path\":", "\"specification\":{", "\"execution\":{", "\"category\":", "null",
        "true", "{}",
        "[]", "{", "}", "[", "]", ",", ":", "\"", "//", "/*", "*/", "\"\\ud800\"", "\"\\u0000\"", "\"a\"", "\"b\"",
    ];

    public override string Name => name;

    public override int Inputs => inputs;

    public override IReadOnlyList<string> Tokens => tokens;

    // A task of a few bytes has policies, and a fault a sentence. The files that recorded tasks share make edges by the
    // product of their numbers, of which there are a million at most.
    public override long AllocationBound(int length) =>
        (4_000L * length) + 2_000_000 + Math.Min((long)length * length / 10, 400_000_000);

    public override void Read(byte[] input)
    {
        var source = FlowFile.Parse(input, "flow.yaml");
        var flow = FlowCompiler.Define(source);
        _ = MermaidGraph.Render(flow) + DotGraph.Render(flow);
        FlowInput.Read(new DeclaredInputs(flow.Name, source.Inputs), null, [], TextReader.Null);
    }
}
