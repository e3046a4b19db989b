namespace ActorFlow.Engine.Tests.Graphs;

/// <summary>How flows are drawn.</summary>
public sealed class GraphTests
{
    [Fact]
    public void Mermaid_shows_types_fields_constants_options_and_rules() => Assert.Equal(
        """
        graph TD
            input(["job input"])
            t0["prepare"]
            t1["stats"]
            t2["report<br/>when all done"]
            t3["alarm<br/>when any failed"]
            input -->|"text: .body"| t0
            t0 -->|"words: List#60;String#62;"| t1
            c0{{"#91;#34;the#34;,#34;a#34;#93;"}} -.->|"stop"| t1
            t1 -->|"mean: Stats.mean.value"| t2
            t0 -.->|"words: List#60;String#62;"| t2
            t1 --> t3

        """,
        MermaidGraph.Render(Example()));

    [Fact]
    public void Dot_shows_types_fields_constants_options_and_rules() => Assert.Equal(
        """
        digraph "text-analysis" {
            charset="UTF-8";
            node [shape=box];
            input [label="job input", shape=oval];
            t0 [label="prepare"];
            t1 [label="stats"];
            t2 [label="report\nwhen all done"];
            t3 [label="alarm\nwhen any failed"];
            input -> t0 [label="text: .body"];
            t0 -> t1 [label="words: List<String>"];
            c0 [label="[\"the\",\"a\"]", shape=hexagon];
            c0 -> t1 [label="stop", style=dashed];
            t1 -> t2 [label="mean: Stats.mean.value"];
            t0 -> t2 [label="words: List<String>", style=dashed];
            t1 -> t3;
        }

        """,
        DotGraph.Render(Example()));

    [Theory]
    [InlineData("say\"hi\"", "say#34;hi#34;", "say\\\"hi\\\"")]
    [InlineData("a]b[c]", "a#93;b#91;c#93;", "a]b[c]")]
    [InlineData("{x}|(y)", "#123;x#125;#124;#40;y#41;", "{x}|(y)")]
    [InlineData("a\\nb", "a#92;nb", "a\\\\nb")]
    [InlineData("&lt;<b>", "#38;lt#59;#60;b#62;", "&amp;lt;<b>")]
    [InlineData("`%%{init}#1;", "#96;#37;#37;#123;init#125;#35;1#59;", "`%%{init}#1;")]
    [InlineData("größe✓🎉", "größe✓🎉", "größe✓🎉")]
    [InlineData("a\u202Eb", "a\uFFFDb", "a\uFFFDb")]
    [InlineData("end", "end", "end")]
    public void Names_are_escaped_as_each_language_wants_it(string name, string mermaid, string dot)
    {
        var draft = new FlowDraft("flow");
        draft.Tasks.Add(new TaskDraft(name));
        var flow = draft.Build();

        Assert.Contains($"    t0[\"{mermaid}\"]\n", MermaidGraph.Render(flow), StringComparison.Ordinal);
        Assert.Contains($"    t0 [label=\"{dot}\"];\n", DotGraph.Render(flow), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_character_is_shown_as_unknown() =>
        Names_are_escaped_as_each_language_wants_it("half\uD800", "half\uFFFD", "half\uFFFD");

    [Fact]
    public void Line_breaks_and_control_characters_of_constants_do_not_break_the_text()
    {
        var draft = new FlowDraft("flow");
        var task = new TaskDraft("a");
        task.Inputs.Add(InputDraft.FromValue("p", Payload.FromJson("[1,\n\r\t2]")));
        task.Inputs.Add(InputDraft.FromValue("q", Payload.Live(new string('x', 100))));
        draft.Tasks.Add(task);
        var flow = draft.Build();

        Assert.Contains("c0{{\"#91;1,<br/>\uFFFD\uFFFD2#93;\"}}", MermaidGraph.Render(flow), StringComparison.Ordinal);
        Assert.Contains("c0 [label=\"[1,\\n\uFFFD\uFFFD2]\"", DotGraph.Render(flow), StringComparison.Ordinal);
        var cut = $"c1{{{{\"#34;{new string('x', 39)}…\"}}}}";
        Assert.Contains(cut, MermaidGraph.Render(flow), StringComparison.Ordinal);
        var party = new FlowDraft("flow");
        var text = Text(new string('x', 38) + "🎉");
        party.Tasks.Add(new TaskDraft("a") { Inputs = { InputDraft.FromValue("p", text) } });
        Assert.Contains($"{new string('x', 38)}…", MermaidGraph.Render(party.Build()), StringComparison.Ordinal);

        static Payload Text(string text) => Payload.FromJson($"\"{text}\"");
    }

    [Fact]
    public void A_flow_that_takes_nothing_from_the_job_has_no_node_for_it()
    {
        var draft = new FlowDraft("flow");
        draft.Tasks.Add(new TaskDraft("a"));

        Assert.Equal("graph TD\n    t0[\"a\"]\n", MermaidGraph.Render(draft.Build()));
    }

    private static Flow Example()
    {
        var draft = new FlowDraft("text-analysis");
        var prepare = new TaskDraft("prepare") { OutputType = "List<String>" };
        prepare.Inputs.Add(InputDraft.FromJob("text") with { Field = "body" });
        var stats = new TaskDraft("stats") { OutputType = "Stats" };
        stats.Inputs.Add(InputDraft.FromTask("words", "prepare"));
        stats.Inputs.Add(InputDraft.FromValue("stop", Payload.FromJson("[\"the\",\"a\"]")));
        var report = new TaskDraft("report") { Policy = new TaskPolicy { Trigger = TriggerRule.AllDone } };
        report.Inputs.Add(InputDraft.FromTask("mean", "stats") with { Field = "mean.value" });
        report.Inputs.Add(InputDraft.FromTask("words", "prepare") with { Required = false });
        var alarm = new TaskDraft("alarm") { Policy = new TaskPolicy { Trigger = TriggerRule.AnyFailed } };
        alarm.Inputs.Add(InputDraft.FromTask("", "stats"));
        draft.Tasks.AddRange([prepare, stats, report, alarm]);
        return draft.Build();
    }

    [Fact]
    public void A_choice_shows_its_cases_and_flows_that_are_added_are_tied_to_each_task_that_adds_them()
    {
        var (single, pair) = (Draft("choice", "only").Build(), Draft("pair", "one", "two").Build());
        var draft = Draft("flow", "choice", "again");
        (draft.Tasks[0].Kind, draft.Tasks[1].Kind) = ("choose:1", "flow:1");
        draft.Tasks[0].Templates = [new(single, 0), new(pair, 1), new(pair, 1)];
        draft.Tasks[1].Templates = [new(pair, 1)];

        var lines = DotGraph.Render(draft.Build()).Split('\n').Select(line => line.Trim()).ToList();

        Assert.Contains("t0 [label=\"choice\\nchoose: [0], pair\"];", lines);
        Assert.Equal(
            ["t0 -> f0t0 [style=dotted, arrowhead=none];", "t1 -> f0t0 [style=dotted, arrowhead=none];"],
            lines.Where(line => line.Contains("dotted", StringComparison.Ordinal)));
    }

    [Fact]
    public void Mermaid_shows_flows_that_are_added_apart_and_tied_to_what_adds_them() => Assert.Equal(
        """
        graph TD
            t0["map<br/>map: pair"]
            subgraph f0["pair"]
            f0input(["flow input"])
            f0t0["one"]
            f0t1["two<br/>may run: deep, alone"]
            f0input -->|"x"| f0t0
            f0t0 -->|"how: outcome"| f0t1
            end
            subgraph f1["deep"]
            f1t0["u"]
            f1t1["v"]
            end
            t0 -.- f0
            f0t1 -.- f1

        """,
        MermaidGraph.Render(Growing()));

    [Fact]
    public void Dot_shows_flows_that_are_added_apart_and_tied_to_what_adds_them() => Assert.Equal(
        """
        digraph "flow" {
            charset="UTF-8";
            node [shape=box];
            t0 [label="map\nmap: pair"];
            subgraph cluster_f0 {
            label="pair";
            f0input [label="flow input", shape=oval];
            f0t0 [label="one"];
            f0t1 [label="two\nmay run: deep, alone"];
            f0input -> f0t0 [label="x"];
            f0t0 -> f0t1 [label="how: outcome"];
            }
            subgraph cluster_f1 {
            label="deep";
            f1t0 [label="u"];
            f1t1 [label="v"];
            }
            t0 -> f0t0 [style=dotted, arrowhead=none];
            f0t1 -> f1t0 [style=dotted, arrowhead=none];
        }

        """,
        DotGraph.Render(Growing()));

    [Theory]
    [InlineData("map:2")]
    [InlineData("matrix")]
    [InlineData("flow")]
    [InlineData("try")]
    [InlineData("choose")]
    [InlineData("while")]
    [InlineData("until")]
    [InlineData("repeat")]
    [InlineData("states")]
    [InlineData("generate")]
    [InlineData("stream")]
    [InlineData("other", "may run")]
    public void A_task_that_adds_flows_says_in_which_way(string kind, string? way = null)
    {
        way ??= kind.Split(':')[0];
        Assert.Contains($"t0[\"a<br/>{way}: pair\"]", Drawn("pair"), StringComparison.Ordinal);
        // What has the name of the task needs no other.
        var own = way == "choose" ? "choose: #91;0#93;" : way;
        Assert.Contains($"t0[\"a<br/>{own}\"]", Drawn("a"), StringComparison.Ordinal);

        string Drawn(string added)
        {
            var draft = Draft("flow", "a");
            draft.Tasks[0].Kind = kind;
            draft.Tasks[0].Templates = [new(Draft(added, "one", "two").Build(), null)];
            return MermaidGraph.Render(draft.Build());
        }
    }

    [Fact]
    public void Without_a_flow_nothing_is_drawn()
    {
        Assert.Throws<ArgumentNullException>(() => MermaidGraph.Render(null!));
        Assert.Throws<ArgumentNullException>(() => DotGraph.Render(null!));
    }

    // A task adds a flow, and a task of that another, and one of a single task, which is that task.
    private static Flow Growing()
    {
        var (draft, pair) = (Draft("flow", "map"), Draft("pair", "one", "two"));
        pair.Tasks[0].Inputs.Add(InputDraft.FromJob("x"));
        pair.Tasks[1].Inputs.Add(InputDraft.FromTask("how", "one") with { IsOutcome = true });
        pair.Tasks[1].Templates = [new(Draft("deep", "u", "v").Build(), null), new(Draft("alone", "w").Build(), null)];
        draft.Tasks[0].Kind = "map:1";
        draft.Tasks[0].Templates = [new(pair.Build(), null)];
        return draft.Build();
    }

    private static FlowDraft Draft(string name, params string[] tasks)
    {
        var draft = new FlowDraft(name);
        draft.Tasks.AddRange(tasks.Select(task => new TaskDraft(task)));
        return draft;
    }
}
