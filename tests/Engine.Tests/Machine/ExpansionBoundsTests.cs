namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Expansions that are small to say and would be large in the journal, or in memory.</summary>
public sealed class ExpansionBoundsTests
{
    private static readonly ExpansionPart X = new("x", 0) { Input = Payload.None };

    [Fact]
    public void The_parts_that_each_part_needs_count_for_what_an_expansion_takes()
    {
        const int count = 6_000;
        var all = Enumerable.Range(0, count).ToArray();
        var parts = all.Select(i => X with { Name = $"p{i}", After = new ArraySegment<int>(all, 0, i) });
        Assert.StartsWith(
            "Task 'a' cannot expand: its parts take ",
            ProblemOf(FlowText.Draft("one").Build(), new Expansion([.. parts])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_all_tasks_count_for_what_an_expansion_takes()
    {
        var flow = FlowText.Draft(string.Join("; ", Enumerable.Range(0, 1_000).Select(i => $"t{i:D100}")));
        var parts = Enumerable.Range(0, 1_000).Select(i => X with { Name = $"p{i}" });
        Assert.StartsWith(
            "Task 'a' cannot expand: its parts take ",
            ProblemOf(flow.Build(), new Expansion([.. parts])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_has_so_many_edges_and_no_more_with_those_that_are_added()
    {
        var flow = FlowText.Draft(string.Join("; ", Enumerable.Range(0, 10_000).Select(i => $"t{i}")));
        Assert.Equal(
            $"Task 'a' cannot expand: the job would have {Limits.Edges + 1} edges; {Limits.Edges} is the most.",
            ProblemOf(flow.Build(), new Expansion([X, X with { Name = "y", From = [], After = [0] }])));
    }

    // The job of it has one edge of its own.
    private static string? ProblemOf(Flow flow, Expansion expansion) => Given.Flow("a -> after")
        .Adds("a", new FlowTemplate(flow, null)).Started().Expand("a", expansion).State.FailureOf(0)?.Message;
}
