namespace ActorFlow.Fuzz.Tests;

/// <summary>What is to reach new code reaches it: in a reader with a fault that chance does not find.</summary>
public sealed class GuidedTests
{
    [Fact]
    public void A_fault_behind_nested_conditions_is_found_with_its_place_and_each_time_by_the_same_input()
    {
        var fault = Found(isGuided: true);

        Assert.NotNull(fault);
        Assert.Contains("FormatException: Deep enough.", fault, StringComparison.Ordinal);
        Assert.Contains("BuriedTarget.cs:line", fault, StringComparison.Ordinal);
        Assert.Equal(fault, Found(isGuided: true));
        var file = fault.Split("kept in ")[1].Split('\n')[0];
        Assert.Equal("bury", File.ReadAllText(file));
        File.Delete(file);
    }

    [Fact]
    public void Chance_alone_does_not_find_it() => Assert.Null(Found(isGuided: false));

    [Fact]
    public void Instrumented_code_reads_as_it_does_otherwise() => Assert.Equal(
        0,
        new InstrumentedContext().Call(
            typeof(GuidedRun), nameof(GuidedRun.Run), "history", 1, double.MaxValue, 300, /* isGuided */ false));

    [Fact]
    public void Few_small_inputs_are_proposed_and_each_reaches_what_nothing_else_does()
    {
        byte[][] inputs = [[1, 2], [2, 3, 4], [4], [1, 5], new byte[3_000], [3]];

        var best = Distiller.Best([[1]], inputs, input => input.Select(b => (int)b));

        Assert.Equal([(inputs[1], 3), (inputs[3], 1)], best);
    }

    private static string? Found(bool isGuided) =>
        (string?)new InstrumentedContext().Call(typeof(BuriedTarget), nameof(BuriedTarget.Found), isGuided);
}
