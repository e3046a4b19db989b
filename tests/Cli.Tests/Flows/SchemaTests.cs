using System.Text.Json;

namespace ActorFlow.Cli.Tests.Flows;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "flow.schema.json"))).RootElement;

    /// <summary>A file that flows of the documents import.</summary>
    private const string Parts = """
        flow: parts
        flows: { check: { input: { suite: string }, tasks: { run: { run: echo } } } }
        """;

    public static TheoryData<string, string[]> Mappings() => new()
    {
        { "", YamlFlow.FlowKeys },
        { "$defs/defaults", YamlFlow.DefaultKeys },
        { "$defs/input/anyOf/1", YamlInputs.Keys },
        { "$defs/flow", YamlFlow.NestedKeys },
        { "$defs/task", YamlTask.TaskKeys },
        { "$defs/case", YamlChoice.CaseKeys },
        { "$defs/task/properties/each", YamlStreaming.EachKeys },
        { "$defs/state", YamlStates.StateKeys },
        { "$defs/state/properties/go-to/anyOf/1/items", YamlStates.WayKeys },
        { "$defs/task/properties/cache/anyOf/1", YamlKeeping.CacheKeys },
        { "$defs/task/properties/up-to-date/anyOf/1", YamlKeeping.UpToDateKeys },
        { "$defs/services/additionalProperties/anyOf/1", YamlServices.ServiceKeys },
        { "$defs/save/anyOf/1", YamlKeeping.SaveKeys },
        { "properties/hooks", YamlTelling.HookKeys },
        { "$defs/notice", YamlTelling.NoticeKeys },
        { "$defs/notice/properties/mail", YamlTelling.MailKeys },
        { "$defs/need/anyOf/1", YamlNeeds.NeedKeys },
        { "$defs/retry", YamlPolicies.RetryKeys },
        { "$defs/timeout/anyOf/1", YamlPolicies.TimeoutKeys },
        { "$defs/failures/items", YamlFailures.FailureKeys },
    };

    [Theory]
    [MemberData(nameof(Mappings))]
    public void The_schema_knows_the_keys_that_the_reader_knows(string path, string[] keys)
    {
        var mapping = At(path);
        Assert.False(mapping.GetProperty("additionalProperties").GetBoolean());
        var properties = mapping.GetProperty("properties").EnumerateObject().Select(p => p.Name);
        Assert.Equal(keys.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$defs/task/properties/when", "when: {0}")]
    [InlineData("$defs/output", "output: {0}")]
    [InlineData("$defs/task/properties/stream", "stream: {0}\n    each: {{ run: echo }}")]
    [InlineData("$defs/task/properties/on-error", "map: [1]\n    on-error: {0}")]
    [InlineData("$defs/retry/properties/backoff", "retry: {{ backoff: {0} }}")]
    [InlineData("$defs/retry/properties/jitter/anyOf/1", "retry: {{ jitter: {0} }}")]
    [InlineData("$defs/retry/properties/exhausted/anyOf/0", "retry: {{ exhausted: {0} }}")]
    [InlineData("$defs/failures/items/properties/do", "on-failure: [{{ do: {0} }}]")]
    public void Each_word_of_the_schema_is_one_that_the_reader_takes(string path, string setting)
    {
        foreach (var word in At(path).GetProperty("enum").EnumerateArray())
        {
            var line = string.Format(System.Globalization.CultureInfo.InvariantCulture, setting, word.GetString());
            Assert.Empty(FaultsOf(
                $"flow: f\ntasks:\n  a: {{ run: echo }}\n  b:\n    run: echo\n    needs: a\n    {line}\n"));
        }
    }

    [Theory]
    [InlineData("$defs/task/properties/max", "until: value == 'x'\n    max: {0}")]
    [InlineData("$defs/task/properties/repeat", "repeat: {0}")]
    [InlineData("$defs/task/properties/parallel", "map: [1]\n    parallel: {0}")]
    [InlineData("$defs/task/properties/buffer", "stream: lines\n    each: {{ run: echo }}\n    buffer: {0}")]
    [InlineData("$defs/retry/properties/attempts", "retry: {{ attempts: {0} }}")]
    [InlineData("$defs/retry/properties/lost", "retry: {{ lost: {0} }}")]
    [InlineData("$defs/retry/properties/factor", "retry: {{ factor: {0} }}")]
    [InlineData("$defs/resources/anyOf/1/additionalProperties", "resources: {{ nproc: {0} }}")]
    public void Each_minimum_of_the_schema_is_that_of_the_reader(string path, string setting)
    {
        var least = At(path).GetProperty("minimum").GetInt32();
        Assert.Empty(FaultsOf(Flow(least)));
        Assert.Single(FaultsOf(Flow(least - 1)));

        string Flow(int number) => "flow: f\ntasks:\n  a:\n    run: echo\n    "
            + $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, setting, number)}\n";
    }

    [Theory]
    [InlineData("$defs/task/properties/generate", "tasks: { a: { generate: '' } }")]
    [InlineData("$defs/uses", "tasks: { a: { uses: '' } }")]
    [InlineData("$defs/failureName", "tasks: { a: { run: echo, retry: { on: '' } } }")]
    public void A_text_that_is_not_empty_in_the_schema_is_none_in_a_file(string path, string flow)
    {
        Assert.Equal(1, At(path).GetProperty("minLength").GetInt32());
        Assert.Single(FaultsOf($"flow: f\n{flow}\n"));
    }

    [Fact]
    public void Each_type_of_an_input_is_one_that_the_reader_takes()
    {
        foreach (var type in At("$defs/inputType").GetProperty("enum").EnumerateArray())
            Assert.Empty(FaultsOf($"flow: f\ninput: {{ x: {type.GetString()} }}\ntasks: {{ a: {{ run: echo 1 }} }}\n"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/yaml.md")]
    [InlineData("docs/yaml-flows.md")]
    [InlineData("docs/expressions.md")]
    [InlineData("docs/cli.md")]
    public void Each_flow_in_the_documents_is_valid(string document)
    {
        // What is there to be imported has no tasks of its own.
        foreach (var flow in Blocks(File.ReadAllText(Repository.PathOf(document))))
            if (!flow.StartsWith("flow: parts\n", StringComparison.Ordinal)) Assert.Empty(FaultsOf(flow));
    }

    private static IEnumerable<string> Blocks(string markdown) => markdown
        .Split("```yaml\n")
        .Skip(1)
        .Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);

    private static IEnumerable<string> FaultsOf(string yaml)
    {
        var folder = Path.GetTempPath();
        var files = FlowFiles.Kept(folder, new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [Path.Combine(folder, "parts.yaml")] = System.Text.Encoding.UTF8.GetBytes(Parts),
        });
        var source = YamlFlow.Parse(System.Text.Encoding.UTF8.GetBytes(yaml), "f.yaml", files);
        try
        {
            _ = FlowCompiler.Define(source);
            return [];
        }
        catch (FlowDefinitionException e)
        {
            return e.Faults.Select(fault => $"{fault}\n{yaml}");
        }
    }

    private static JsonElement At(string path)
    {
        var at = Schema;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = int.TryParse(step, out var index) ? at[index] : at.GetProperty(step);
        return at;
    }
}
