using ActorFlow.Api.Tests.Building;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of germinate_ai about states, merged inputs, and workers that die.</summary>
public sealed class GerminateFlowTests
{
    [Theory]
    [InlineData(0, "design[0] design[1] design[2] coding[3]")]
    [InlineData(2, "design[0] coding[1]")]
    public async Task Germinate_M4_design_is_repeated_until_it_satisfies_and_then_comes_coding(int input, string visits)
    {
        Assert.Equal(visits, await VisitsOf(input, (design, coding, _) =>
            design.GoTo(coding, x => x >= 3).GoTo(design)));
    }

    [Fact]
    public async Task Germinate_M4_the_first_condition_that_holds_wins_and_none_is_the_end()
    {
        Assert.Equal("design[0] coding[1]", await VisitsOf(0, (design, coding, review) =>
            design.GoTo(coding, _ => true).GoTo(review, _ => true)));
        Assert.Equal("design[0]", await VisitsOf(0, (design, coding, review) =>
            design.GoTo(coding, _ => false).GoTo(review, _ => false)));
    }

    [Fact]
    public void Germinate_M5_the_tasks_of_a_state_know_their_neighbours()
    {
        var flow = FlowBuilder.Create<string>("design");
        var pm = flow.Task("pm", flow.Input, idea => $"requirements of {idea}");
        var sa = flow.Task("sa", pm, text => $"design for {text}");
        var design = flow.Build(sa).Definition;

        Assert.Equal((0, 1), (design.UpstreamOf("pm").Count, design.DownstreamOf("pm").Count));
        Assert.Equal(["pm"], design.UpstreamOf("sa").Select(task => task.Name));
    }

    [Fact]
    public async Task Germinate_M7_outputs_of_several_parents_are_merged_into_one_typed_input()
    {
        var flow = FlowBuilder.Create<int>("merge");
        var left = flow.Task("left", flow.Input, x => new { Left = x, Note = "unused" });
        var right = flow.Task("right", flow.Input, x => 10 * x);
        flow.Task("child", Source.Join(left.Select(l => l.Left), right, (l, r) => new MergeInput(l, r)), new Merge());

        Assert.Equal(33, await Jobs.ResultOf(flow.Build<int>(), 3));
    }

    [Fact]
    public async Task Germinate_M7_a_field_that_is_missing_fails_the_task_and_the_job_ends()
    {
        var flow = FlowBuilder.Create<MergeOptions>("missing");
        flow.Task("next", flow.Task("child", flow.Input, options => options.Left), x => x);
        await using var engine = ActorFlowEngine.CreateInMemory();

        var job = await engine.SubmitAsync(flow.Build().Executable, Payload.FromJson("""{"Right":2}"""));

        Assert.Equal(JobPhase.Failed, await job.WaitAsync());
        var report = await job.GetReportAsync();
        Assert.Contains("Left", report["child"].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("child", report["next"].SkippedBecause);
    }

    [Fact]
    public async Task Germinate_M8_a_task_whose_worker_was_killed_runs_again()
    {
        var runs = 0;
        var flow = FlowBuilder.Create("redelivery");
        var task = flow.Task("t", () => ++runs);
        flow.Task("next", task, x => x);
        await using var test = new FlowTest(flow.Build().Executable).CrashAfter(Expect.Started("t"));

        var run = await test.RunAsync();

        Assert.Equal((JobPhase.Succeeded, 2, 2), (run.Outcome, run.Lives, run.Report["t"].Attempts));
        run.ShouldHave(Expect.AttemptFailed("t", 1), Expect.Started("t", 2), Expect.Succeeded("next"));
    }

    private static async Task<string> VisitsOf(
        int input, Action<MachineState<int>, MachineState<int>, MachineState<int>> define)
    {
        var step = FlowBuilder.Chain<int>("step").Then("step", x => x + 1).Build();
        var flow = FlowBuilder.Create<int>("company");
        flow.States<int>("run", flow.Input, machine =>
            define(machine.State("design", step), machine.State("coding", step), machine.State("review", step)));
        var report = await Jobs.ReportOf(flow.Build(), input);
        Assert.Equal(JobPhase.Succeeded, report.Phase);
        return string.Join(' ', report.Tasks.Skip(1).Select(task => task.Name["run.".Length..]));
    }
}
