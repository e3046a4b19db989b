using System.Globalization;

namespace ActorFlow.Engine.Tests.Flows;

/// <summary>
/// A fingerprint is the same for flows that compute the same, in every process, and differs for all others.
/// </summary>
public sealed class FingerprintTests
{
    private static readonly Payload Three = Payload.FromJson("3");

    private static FlowDraft Draft(string name = "flow")
    {
        var draft = new FlowDraft(name);
        draft.Tasks.Add(new TaskDraft("a") { Kind = "fetch" });
        var task = new TaskDraft("b") { Kind = "use" };
        task.Inputs.AddRange(
            [
                InputDraft.FromTask("x", "a.field"), InputDraft.FromJob("y") with { Field = "text" },
                InputDraft.FromValue("z", Three),
            ]);
        draft.Tasks.Add(task);
        return draft;
    }

    private static string Changed(Action<FlowDraft> change)
    {
        var draft = Draft();
        change(draft);
        return draft.Build().Fingerprint;
    }

    private static string WithInput(int place, InputDraft input) => Changed(d => d.Tasks[1].Inputs[place] = input);

    private static string WithTemplate(string flow, int? result) =>
        Changed(d => d.Tasks[0].Templates = [new FlowTemplate(FlowText.Draft(flow).Build(), result)]);

    [Fact]
    public void It_is_the_same_in_every_process()
    {
        Assert.Equal("714ac3befe420f27bd4b8079a6cff585d863f72953a2bb10b5d5c1ce69266f65", Draft().Build().Fingerprint);
    }

    [Fact]
    public void That_of_whole_outputs_and_inputs_is_the_same_in_every_process()
    {
        Assert.Equal(
            "29d5e49d5b8f5adf3bd1e5025a03aa3dbf0cc0a81a942f0a0e1fab9d84059f84",
            WithInput(0, InputDraft.FromTask("x", "a")));
        Assert.Equal(
            "667bff8ac069aa58a3bcb10906699c9128cb43a226f9b140d9aa1a81132aa345",
            WithInput(1, InputDraft.FromJob("y")));
    }

    [Fact]
    public void It_stays_when_nothing_that_computes_changes()
    {
        var same = Draft().Build().Fingerprint;
        Assert.Equal(same, Changed(d => d.Description = "said"));
        Assert.Equal(same, Changed(d => d.Policy = new() { FailFast = true }));
        Assert.Equal(same, Changed(d => d.Tasks[0].Description = "said"));
        Assert.Equal(same, Changed(d => d.Tasks[0].Policy = new()
        {
            Retry = new() { MaxAttempts = 3 },
            Pool = "gpu",
            Priority = 7,
            Timeouts = new() { Total = TimeSpan.MaxValue },
        }));
        Assert.Equal(same, WithInput(0, InputDraft.FromTask("x", "A.field")));
        Assert.Equal(same, WithInput(0, InputDraft.FromTask("x", 0) with { Field = "field" }));
    }

    [Fact]
    public void It_differs_for_each_kind_of_difference()
    {
        string[] all =
        [
            Draft().Build().Fingerprint,
            Draft("flow2").Build().Fingerprint,
            Changed(d => d.Tasks[0].Kind = "fetch2"),
            Changed(d => d.Tasks[1].Policy = new() { Trigger = TriggerRule.AllDone }),
            Changed(d => d.Tasks.Add(new TaskDraft("c"))),
            Changed(d => { d.Tasks[0] = new TaskDraft("c") { Kind = "fetch" }; d.Tasks[1].Inputs.RemoveAt(0); }),
            Changed(d => d.Tasks.Reverse()),
            Changed(d => d.Tasks[1].Inputs.RemoveAt(2)),
            Changed(d => d.Tasks[1].Inputs.Reverse()),
            WithInput(0, InputDraft.FromTask("x", "a.other")),
            WithInput(0, InputDraft.FromTask("x", "a")),
            WithInput(0, InputDraft.FromTask("w", "a.field")),
            WithInput(0, InputDraft.FromTask("x", "a.field") with { Required = false }),
            WithInput(0, InputDraft.FromTask("x", "a.field") with { Required = false, IsOutcome = true }),
            WithInput(0, InputDraft.FromJob("x") with { Field = "field" }),
            WithInput(1, InputDraft.FromJob("y") with { Field = "title" }),
            WithInput(1, InputDraft.FromJob("y")),
            WithInput(2, InputDraft.FromValue("z", Payload.FromJson("4"))),
            WithTemplate("one; two", null),
            WithTemplate("one; two", 0),
            WithTemplate("one; two", 1),
            WithTemplate("one; other", 1),
            Changed(d => d.Tasks[0].Maker = new NoFlows()),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Neighbouring_texts_do_not_run_into_each_other()
    {
        string Of(string name, string kind)
        {
            var draft = new FlowDraft("flow");
            draft.Tasks.Add(new TaskDraft(name) { Kind = kind });
            return draft.Build().Fingerprint;
        }

        Assert.NotEqual(Of("ab", "c"), Of("a", "bc"));
    }

    [Fact]
    public void The_digest_of_a_task_tells_which_one_changed()
    {
        var (before, after) = (Draft(), Draft());
        after.Tasks[1].Kind = "use2";
        var digests = new[] { before.Build(), after.Build() }
            .Select(f => f.Tasks.Select(t => Fingerprints.Of(f, t)).ToList()).ToList();
        Assert.Equal(digests[0][0], digests[1][0]);
        Assert.NotEqual(digests[0][1], digests[1][1]);
    }

    /// <summary>Makes nothing: that a task makes flows at all is what counts.</summary>
    private sealed class NoFlows : IFlowMaker
    {
        public IReadOnlyList<string> Pools => [];

        public FlowTemplate Make(Payload source) => throw new ActorFlowException("There are none.");
    }

    [Fact]
    public void A_culture_that_writes_numbers_otherwise_changes_no_fingerprint_and_no_message()
    {
        var own = CultureInfo.CurrentCulture;
        var (print, message) = Told();
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NegativeSign, other.NumberFormat.NumberDecimalSeparator) = ("\u2212", ",");
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal((print, message), Told());
        }
        finally
        {
            CultureInfo.CurrentCulture = own;
        }

        Assert.Equal("Task 'a' did not end within 1.50 s.", message);

        static (string Print, string Message) Told()
        {
            var flow = Given.Flow("a").Adds("a", new FlowTemplate(FlowText.Draft("t").Build(), null));
            var job = Given.Limited(new() { Attempt = TimeSpan.FromSeconds(1.5) }).Started().Advance(2);
            return (flow.Build().Fingerprint, job.State.FailureOf(0)!.Message);
        }
    }
}
