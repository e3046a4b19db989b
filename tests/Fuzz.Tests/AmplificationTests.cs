using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Files of which two parts are long: what is said or done once for each part of the one must not take the length of
/// the other each time. Chance does not write them.
/// </summary>
public sealed class AmplificationTests
{
    private static readonly string Long = new('a', 40_000);

    private static readonly Dictionary<string, string> Yaml = new(StringComparer.Ordinal)
    {
        ["unknown keys of a task with a long name"] =
            $"flow: f\ntasks:\n  ? {Long}\n  : {{ run: b, {Many(4_000, i => $"k{i}: 1")} }}\n",
        ["unknown keys of an input with a long name"] =
            $"flow: f\ninput:\n  ? {Long}\n  : {{ {Many(4_000, i => $"k{i}: 1")} }}\ntasks: {{ a: {{ run: b }} }}\n",
        ["a long need in a flow of many tasks"] =
            $"flow: f\ntasks: {{ a: {{ run: b, needs: [{Long}] }},\n"
            + $"  {Many(3_000, i => $"t{i}: {{ run: b }}")} }}\n",
        ["a long input that is nearly another"] =
            $"flow: f\ninput: {{ ? {Long} : any }}\n"
            + $"tasks: {{ a: {{ run: b, env: {{ A: \"${{input.{Long}b}}\" }} }} }}\n",
        ["a need of many dots"] = $"flow: f\ntasks: {{ a: {{ run: b, needs: [{Long.Replace('a', '.')}x] }} }}\n",
        ["references to many needs that are not there"] =
            $"flow: f\ntasks: {{ a: {{ run: b, needs: {{ {Many(3_000, i => $"n{i}: a")} }},\n"
            + $"  env: {{ {Many(1_500, i => $"V{i}: \"${{needs.x{i}}}\"")} }} }} }}\n",
        ["references to many inputs that are not there"] =
            $"flow: f\ninput: {{ {Many(3_000, i => $"n{i}: any")} }}\ntasks: {{ a: {{ run: b,\n"
            + $"  env: {{ {Many(1_500, i => $"V{i}: \"${{input.x{i}}}\"")} }} }} }}\n",
        ["many rules for many tasks"] =
            $"flow: f\ndefaults: {{ on-failure: [{Many(1_500, _ => "{ do: fail, default: 1 }")}] }}\n"
            + $"tasks: {{ {Many(2_000, i => $"t{i}: {{ run: b }}")} }}\n",
        ["wrong rules for many tasks"] =
            $"flow: f\ndefaults: {{ on-failure: [{Many(90, _ => "{ do: fail, default: 1 }")}] }}\n"
            + $"tasks: {{ {Many(4_000, i => $"t{i}: {{ run: b }}")} }}\n",
        ["many inputs that are missing"] =
            $"flow: f\ninput: {{ {Many(6_000, i => $"n{i}: any")} }}\ntasks: {{ a: {{ run: b }} }}\n",
        ["references that have no end"] =
            $"flow: f\ntasks: {{ a: {{ run: b, env: {{\n"
            + $"  A: '{string.Concat(Enumerable.Repeat("${input.a", 20_000))}' }} }} }}\n",
    };

    private static readonly Dictionary<string, string> Workflows = new(StringComparer.Ordinal)
    {
        ["unknown parents of a task with a long name"] =
            Workflow($"{{'name':'{Long}','parents':[{Many(4_000, i => $"'{i}'")}]}}"),
        ["a task that reads what many tasks write, many times"] = Workflow(
            $"{Many(1_000, i => $"{{'name':'a{i}','files':[{{'link':'output'}}]}}")},"
            + $"{{'name':'r','files':[{Many(1_000, _ => "{'link':'input'}")}]}}"),
        ["many tasks that read what many tasks write"] =
            Workflow(Many(4_000, i => $"{{'name':'a{i}','files':[{{'link':'output'}},{{'link':'input'}}]}}")),
    };

    public static TheoryData<string> YamlNames => [.. Yaml.Keys];

    public static TheoryData<string> WorkflowNames => [.. Workflows.Keys];

    [Theory]
    [MemberData(nameof(YamlNames))]
    public void A_flow_takes_no_more_than_its_length_allows(string name) =>
        RequireBounds(new FlowTarget("yaml", 0, FlowTarget.YamlTokens), Yaml[name]);

    [Theory]
    [MemberData(nameof(WorkflowNames))]
    public void A_workflow_instance_takes_no_more_than_its_length_allows(string name) =>
        RequireBounds(new FlowTarget("workflow", 0, FlowTarget.WorkflowTokens), Workflows[name].Replace('\'', '"'));

    // The time is what is tried here: it took minutes.
    [Fact]
    public void A_report_of_brackets_alone_is_refused() =>
        RequireBounds(new ReportTarget(), new string('[', 400_000) + new string(']', 400_000));

    private static void RequireBounds(FuzzTarget target, string text) =>
        Assert.Null(new Fuzzer(target).FaultOf(Encoding.UTF8.GetBytes(text)));

    private static string Many(int count, Func<int, string> each) =>
        string.Join(", ", Enumerable.Range(0, count).Select(each));

    private static string Workflow(string tasks) => $"{{'schemaVersion':'1.4','workflow':{{'tasks':[{tasks}]}}}}";
}
