using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Api.Tests.Engine;

/// <summary>Values of users on their way through durable jobs, and jobs in memory.</summary>
public sealed class ValueTests : IDisposable
{
    private readonly DataDirectory _data = new();

    public interface IShape
    {
        int Sides { get; }
    }

    public sealed record Square(int Sides) : IShape;

    public sealed class Hidden
    {
        private Hidden() { }

        public static Hidden One { get; } = new();
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Tuples_are_kept_whatever_the_options_of_JSON_say()
    {
        var flow = FlowBuilder.Create<int>("tuples");
        var pair = flow.Task("pair", flow.Input, x => (Count: x, Name: "n"));
        var last = flow.Task("last", pair, x => $"{x.Count} {x.Name}");
        await using var engine = _data.Open(options => options.Json = JsonSerializerOptions.Web);
        Assert.Equal("5 n", await engine.RunAsync(flow.Build(last), 5));
    }

    [Fact]
    public async Task An_output_that_nobody_could_read_fails_the_task_that_gives_it()
    {
        var flow = FlowBuilder.Create<int>("unreadable");
        var shape = flow.Task("shape", flow.Input, IShape (int x) => new Square(x));
        flow.Task("use", shape, x => x.Sides);
        flow.Task("hidden", flow.Input, _ => Hidden.One);
        await using var engine = _data.Open();

        var job = await engine.SubmitAsync(flow.Build(), 4);
        await job.WaitAsync();
        var report = await job.GetReportAsync();

        Assert.Equal(
            $"A value of type {typeof(IShape)} could not be read back from JSON: it is an interface. Declare a record "
            + "or a class, or say by [JsonDerivedType] which ones there are.",
            report["shape"].Error!.Message);
        Assert.Equal("skipped", report["use"].Status);
        Assert.Equal(
            $"A value of type {typeof(Hidden)} could not be read back from JSON: it has no public constructor. Mark "
            + "one with [JsonConstructor].",
            report["hidden"].Error!.Message);
    }

    [Fact]
    public async Task What_is_behind_an_exception_is_told_with_it()
    {
        var flow = FlowBuilder.Create<int>("wrapped");
        flow.Task("t", flow.Input, int (int _) => throw new InvalidOperationException(
            "outer", new IOException("the inner reason", new TimeoutException("outer"))));
        await using var engine = ActorFlowEngine.CreateInMemory();

        var job = await engine.SubmitAsync(flow.Build(), 1);
        await job.WaitAsync();

        Assert.Equal(
            "outer ---> System.IO.IOException: the inner reason", (await job.GetReportAsync())["t"].Error!.Message);
    }

    [Fact]
    public async Task The_same_input_is_the_same_however_it_is_written()
    {
        var flow = FlowBuilder.Create<Dictionary<string, decimal>>("prices");
        var built = flow.Build(flow.Task("sum", flow.Input, prices => prices.Values.Sum()));
        var once = new JobOptions { Id = new JobId("once") };
        await using (var engine = _data.Open())
        {
            await engine.SubmitAsync(built, new() { ["a"] = 1.0m, ["b"] = 2 }, once);
            var again = await engine.SubmitAsync(built, new() { ["b"] = 2.00m, ["a"] = 1 }, once);
            Assert.Equal(3, await again.GetResultAsync());
            await Assert.ThrowsAsync<JobConflictException>(
                () => engine.SubmitAsync(built, new() { ["a"] = 1, ["b"] = 3 }, once));
        }

        await using var memory = ActorFlowEngine.CreateInMemory();
        await memory.SubmitAsync(built, new() { ["a"] = 1 }, once);
        await memory.SubmitAsync(built, new() { ["a"] = 1 }, once);
        await Assert.ThrowsAsync<JobConflictException>(() => memory.SubmitAsync(built, new() { ["a"] = 2 }, once));
    }
}
