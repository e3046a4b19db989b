using System.ComponentModel;

namespace ActorFlow.Cli.Tests.Samples;

/// <summary>What <see cref="SampleFlows.Order"/> takes.</summary>
public sealed record OrderInput(
    [property: Description("Who orders.")] string Customer, int Lines, DayOfWeek Day = DayOfWeek.Monday,
    IReadOnlyList<decimal>? Prices = null);

/// <summary>Flows that the command line finds in this assembly.</summary>
public static class SampleFlows
{
    /// <summary>A flow with a record as its input.</summary>
    public static Flow<OrderInput, string> Order
    {
        get
        {
            var flow = FlowBuilder.Create<OrderInput>("order").Describe("Takes an order.").Tag("shop", "daily");
            var lines = flow.Task("lines", flow.Input.Select(o => o.Lines), n => n * 2).Describe("Counts lines.");
            var day = flow.Task("day", flow.Input, o => $"{o.Day}");
            flow.Task("text", flow.Input, lines, day, (o, n, d) => $"{o.Customer} {n} {d} {o.Prices?.Sum()}");
            return flow.Build<string>();
        }
    }

    /// <summary>A flow whose input is one value, and with a setting.</summary>
    public static Flow<int, int> Scale()
    {
        var flow = FlowBuilder.Create<int>("scale");
        flow.Task("times", flow.Input, Source.Setting("Factor", 3), (x, factor) => x * factor);
        return flow.Build<int>();
    }

    /// <summary>A flow that fails as long as a file is not there.</summary>
    public static Flow<string, string> Fragile()
    {
        var flow = FlowBuilder.Create<string>("fragile");
        var path = flow.Task("path", flow.Input, path => path);
        flow.Task("read", path, File.ReadAllText);
        return flow.Build<string>();
    }

    /// <summary>A flow whose task is in a pool of its own.</summary>
    public static Flow<int, int> Boards()
    {
        var flow = FlowBuilder.Create<int>("boards");
        flow.Task("flash", flow.Input, x => x + 1).Pool("boards");
        return flow.Build<int>();
    }

    /// <summary>A flow that cannot be had.</summary>
    public static Flow<int, int> Broken => throw new InvalidOperationException("There is no database.");
}

/// <summary>What <see cref="Scaled"/> takes.</summary>
public sealed record ScaledInput(int Value, int Factor = 2);

/// <summary>A task with a default.</summary>
[TaskName("numbers.scale")]
[Description("Multiplies.")]
public sealed class Scaled : SyncTask<ScaledInput, int>
{
    /// <inheritdoc />
    public override int Run(ScaledInput input, TaskContext context) => input.Value * input.Factor;
}

/// <summary>The next version of it.</summary>
[TaskName("numbers.scale", Version = 2)]
public sealed class ScaledMore : SyncTask<ScaledInput, int>
{
    /// <inheritdoc />
    public override int Run(ScaledInput input, TaskContext context) => input.Value * input.Factor * 100;
}

/// <summary>A task that takes a list.</summary>
[TaskName("numbers.sum")]
public sealed class Sum : SyncTask<IReadOnlyList<int>, int>
{
    /// <inheritdoc />
    public override int Run(IReadOnlyList<int> input, TaskContext context) => input.Sum();
}

/// <summary>A task that takes a dictionary.</summary>
[TaskName("numbers.name")]
public sealed class Name : SyncTask<IReadOnlyDictionary<string, int?>, string>
{
    /// <inheritdoc />
    public override string Run(IReadOnlyDictionary<string, int?> input, TaskContext context) =>
        string.Join(' ', input.Select(each => $"{each.Key}={each.Value}"));
}

/// <summary>A task that gives a record.</summary>
[TaskName("numbers.make")]
public sealed class Make : SyncTask<int, ScaledInput>
{
    /// <inheritdoc />
    public override ScaledInput Run(int input, TaskContext context) => new(input, input);
}

/// <summary>A task that takes how another one ended.</summary>
[TaskName("numbers.ended")]
public sealed class Ended : SyncTask<PartResult<int>, string>
{
    /// <inheritdoc />
    public override string Run(PartResult<int> input, TaskContext context) =>
        $"{input.Name} {input.Phase} {input.Failure?.Type}";
}
