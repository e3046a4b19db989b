namespace ActorFlow.Cli.Tests.Commands;

/// <summary>What the commands that read show of flows that tasks add.</summary>
public sealed class AddedFlowsTests : IDisposable
{
    private readonly CommandLine _command = new();

    public AddedFlowsTests() => _command.File("f.yaml", """
        flow: outer
        flows:
          pair:
            input: { item: string }
            tasks:
              first: { run: 'echo "$I"', env: { I: "${input.item}" } }
              second: { needs: first, run: 'echo "$FIRST"' }
        tasks:
          each: { map: [a, b], flow: pair }
          again: { flow: pair, with: { item: c }, after: each }
          lines: { map: [1], run: 'echo "$ITEM"' }
        """);

    [Fact]
    public async Task A_graph_draws_each_flow_that_is_added_once()
    {
        var mermaid = await CommandLine.RunAsync("graph", _command.PathOf("f.yaml"));
        var dot = await CommandLine.RunAsync("graph", _command.PathOf("f.yaml"), "--format", "dot");

        Assert.Equal("""
            graph TD
                t0["each<br/>map: pair"]
                t1["again<br/>flow: pair"]
                t2["lines<br/>map"]
                t0 --> t1
                subgraph f0["pair"]
                f0t0["first"]
                f0t1["second"]
                f0t0 -->|"first: text"| f0t1
                end
                t0 -.- f0
                t1 -.- f0

            """, mermaid.Output.TrimEnd('\n') + "\n");
        Assert.Contains("subgraph cluster_f0 {\n    label=\"pair\";\n", dot.Output, StringComparison.Ordinal);
        Assert.Contains("t0 -> f0t0 [style=dotted, arrowhead=none];", dot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_and_validate_tell_what_tasks_add()
    {
        var described = await CommandLine.RunAsync("describe", _command.PathOf("f.yaml"), "--json");
        var valid = await CommandLine.RunAsync("validate", _command.PathOf("f.yaml"));

        var tasks = described.Json.GetProperty("tasks").EnumerateArray().ToDictionary(
            task => task.GetProperty("name").GetString()!, task => task.GetProperty("adds").ToString());
        Assert.Contains("\"pair (2 tasks)\"", tasks["each"], StringComparison.Ordinal);
        Assert.EndsWith(
            "flow 'outer' is valid: 3 tasks, 1 edge, and 2 flows of 3 tasks that they add.\n", valid.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flows_that_could_be_added_in_countless_ways_are_read_at_once()
    {
        var flows = string.Concat(Enumerable.Range(0, 31).Select(i => i == 30
            ? "  f30: { tasks: { a: { run: echo } } }\n"
            : $"  f{i}: {{ tasks: {{ a: {{ flow: f{i + 1} }}, b: {{ needs: a, flow: f{i + 1} }} }} }}\n"));
        var file = _command.File(
            "deep.yaml", $"flow: deep\nflows:\n{flows}tasks: {{ a: {{ if: 1 > 2, flow: f0 }} }}\n");

        Assert.Equal(0, (await CommandLine.RunAsync("validate", file)).ExitCode);
        Assert.Equal(0, (await CommandLine.RunAsync("graph", file)).ExitCode);
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--quiet")).ExitCode);
    }

    public void Dispose() => _command.Dispose();
}
