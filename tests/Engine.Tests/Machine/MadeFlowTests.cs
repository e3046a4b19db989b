namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Tasks that add flows which are made of what their attempts give.</summary>
public sealed class MadeFlowTests
{
    [Fact]
    public void A_flow_is_made_of_the_source_that_the_expansion_keeps()
    {
        var job = Making().Started().Expand("a", "x", From("first -> last")).StartAll();
        Assert.Equal("a Expanded, after Waiting, a.x.first Running, a.x.last Waiting", job.Tasks);
        job.Succeed("a.x.first").StartAll().Succeed("a.x.last").StartAll().Expand("a", "y", From("one"))
            .StartAll().Succeed("a.y").StartAll().Succeed("a").StartAll().Succeed("after");
        Assert.Equal((JobPhase.Succeeded, 3), (job.State.Phase, job.Attempt("a")));
    }

    [Fact]
    public void Parts_of_the_tasks_own_templates_go_with_it()
    {
        var job = Making().Adds("a", "own").Started().Expand("a", "x").StartAll().Succeed("a.x").StartAll()
            .Expand("a", "y", From("made"));
        Assert.Equal("a Expanded, after Waiting, a.x Succeeded, a.y Ready", job.Tasks);
    }

    [Theory]
    [InlineData("", "the flow cannot be made that it adds: ")]
    [InlineData("foreign", "the job has no pool 'elsewhere'")]
    public void A_source_that_stands_for_no_flow_of_the_job_fails_the_attempt(string source, string message)
    {
        var job = Making().Started().Expand("a", "x", From(source));
        Assert.Equal(TaskPhase.Failed, job.Phase("a"));
        Assert.Contains(message, job.State.FailureOf(0)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_makes_no_flows_has_no_use_for_a_source()
    {
        var job = Given.Flow("a").Adds("a", "own").Started().Expand("a", "x", From("made"));
        Assert.Contains("the task makes no flows", job.State.FailureOf(0)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_whose_source_stands_for_no_flow_any_more_cannot_be_read_and_says_so()
    {
        var job = Making().Started();
        var expansion = From("")(new Expansion([new ExpansionPart("x", 0) { Input = Payload.None }]));
        var error = Assert.Throws<ActorFlowException>(
            () => job.Machine.Replay(new JobEvent.TaskExpanded(job.Now, 0, 1, expansion, ["a.x"])));
        Assert.StartsWith(
            "Task 'a' has added a flow that cannot be made any more: Task 'a' cannot expand: the flow cannot be made ",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_maker_that_throws_whatever_fails_the_attempt_and_says_why()
    {
        var job = Given.Flow("a").Makes("a", new Broken()).Started().Expand("a", From("one")(
            new Expansion([new ExpansionPart("x", 0) { Input = Payload.None }])));
        Assert.Equal(
            "Task 'a' cannot expand: the flow cannot be made that it adds: It is broken.",
            job.State.FailureOf(0)!.Message);
    }

    private static Given Making() => Given.Flow("a -> after").Makes("a", new Maker());

    private static Func<Expansion, Expansion> From(string text) =>
        expansion => expansion with { Source = Payload.FromJson($"\"{text}\"") };

    private sealed class Broken : IFlowMaker
    {
        public IReadOnlyList<string> Pools => [];

        public FlowTemplate Make(Payload source) => throw new InvalidOperationException("It is broken.");
    }

    private sealed class Maker : IFlowMaker
    {
        public IReadOnlyList<string> Pools => [TaskPolicy.ComputePool];

        public FlowTemplate Make(Payload source)
        {
            var draft = FlowText.Draft(source.ToString().Trim('"'));
            if (draft.Tasks.Find(task => task.Name == "foreign") is { } foreign)
                foreign.Policy = foreign.Policy with { Pool = "elsewhere" };
            return new FlowTemplate(draft.Build(), draft.Tasks.Count - 1);
        }
    }
}
