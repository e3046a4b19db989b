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
        Assert.Equal(
            $"Task 'a' cannot expand: the job would have {Limits.Edges + 1} edges; {Limits.Edges} is the most.",
            ProblemOf(Tasks(10_000), new Expansion([X, X with { Name = "y", From = [], After = [0] }])));
    }

    [Fact]
    public void Edges_that_were_added_before_count_too()
    {
        var (many, one) = (new FlowTemplate(Tasks(10_000), null), new FlowTemplate(Tasks(1), null));
        var job = Given.Flow("a").Adds("a", many, one).Started()
            .Expand("a", new Expansion([X with { Template = 1 }, X with { Name = "y", Template = 1, After = [0] }])
            {
                Key = "k",
            })
            .Expand("a", Dense);
        Assert.Equal(
            $"Task 'a' cannot expand: the job would have {Limits.Edges + 1} edges; {Limits.Edges} is the most.",
            job.State.FailureOf(0)?.Message);
    }

    [Fact]
    public void As_many_tasks_and_edges_as_a_job_can_have_are_not_too_many()
    {
        const int count = 2151;
        Assert.Equal(Limits.Tasks, 1 + (4649 * count));
        var parts = new Expansion([.. Enumerable.Range(0, count).Select(i => X with { Name = $"p{i}" })]);
        foreach (var (flow, expansion) in new[] { (Tasks(4649), parts), (Tasks(10_000), Dense) })
            Assert.StartsWith(
                "Task 'a' cannot expand: its parts take ", ProblemOf(flow, expansion, "a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_take_so_many_bytes_with_the_names_of_their_tasks_and_no_more()
    {
        // Beside its input the part takes 16 bytes and its name, and its one task what "a.x.t0" takes.
        const int most = Limits.PayloadBytes - 17 - 6;
        Assert.Null(ProblemOf(Tasks(1), Of(most)));
        Assert.StartsWith(
            $"Task 'a' cannot expand: its parts take {Limits.PayloadBytes + 1} bytes; {Limits.PayloadBytes} is the ",
            ProblemOf(Tasks(1), Of(most + 1)), StringComparison.Ordinal);

        static Expansion Of(int bytes) =>
            new([X with { Input = Payload.FromJson($"\"{new string('x', bytes - 2)}\"") }]);
    }

    // Of parts of 10,000 tasks each it makes all the edges that a job can have, and names that take too much.
    private static Expansion Dense =>
        new([X, X with { Name = new string('y', 7_000), After = [0] }]);

    private static Flow Tasks(int count)
    {
        var draft = new FlowDraft("many");
        for (var task = 0; task < count; task++) draft.Tasks.Add(new TaskDraft($"t{task}"));
        return draft.Build();
    }

    // The job of it has one edge of its own, unless another is given.
    private static string? ProblemOf(Flow flow, Expansion expansion, string job = "a -> after") => Given.Flow(job)
        .Adds("a", new FlowTemplate(flow, null)).Started().Expand("a", expansion).State.FailureOf(0)?.Message;
}
