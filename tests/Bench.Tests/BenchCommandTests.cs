using System.Text.Json;
using Xunit;

namespace ActorFlow.Bench.Tests;

public sealed class BenchCommandTests
{
    [Theory]
    [InlineData("memory", 8)]
    [InlineData("durable", 5)]
    [InlineData("recovery", 1)]
    [InlineData("scale", 1)]
    [InlineData("loop", 2)]
    [InlineData("limit", 7)]
    public void A_benchmark_prints_one_json_line_a_measure(string name, int measures)
    {
        var (exit, output, errors) = Run(name, "--quick");

        Assert.Equal((0, ""), (exit, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(measures, lines.Length);
        foreach (var line in lines)
        {
            var measure = JsonDocument.Parse(line).RootElement;
            Assert.Equal(name, measure.GetProperty("bench").GetString());
            Assert.NotEqual("", measure.GetProperty("case").GetString());
        }
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        var (exit, output, errors) = Run("fast");

        Assert.Equal((2, ""), (exit, output));
        foreach (var name in (string[])["memory", "durable", "recovery", "scale", "loop", "granularity", "real"])
            Assert.Contains($"  {name} ", errors, StringComparison.Ordinal);
    }

    private static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = BenchCommand.Run(arguments, output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}
