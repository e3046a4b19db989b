using System.Globalization;
using System.Text.Json;

namespace ActorFlow.Cli.Tests.Scale;

public sealed class MillionTests : IDisposable
{
    private const int Tasks = 1_000_000;
    private const int Width = 1000;
    private const long TwoGibibytes = 2L * 1024 * 1024 * 1024;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_million_tasks_run_on_the_embedded_journal_in_less_than_two_gibibytes()
    {
        var file = _command.PathOf("million.json");
        await WriteAsync(file);
        using var run = ToolProcess.Start(_command.Directory, "run", file, "--job", "m", "--quiet");
        var peak = 0L;
        await Waiting.UntilAsync(() =>
        {
            peak = Math.Max(peak, PeakOf(run.Id));
            return run.HasEnded;
        });
        var ran = await run.EndAsync();
        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.InRange(peak, 1, TwoGibibytes);
        var job = (await ToolProcess.RunAsync(_command.Directory, "list", "--json")).Json.EnumerateArray().Single();
        Assert.Equal(Tasks, job.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    /// <summary>A grid: each task needs the one above it and the one above and to the left.</summary>
    private static async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("name", "million");
        json.WriteString("schemaVersion", "1.5");
        json.WriteStartObject("workflow");
        json.WriteStartObject("specification");
        json.WriteStartArray("tasks");
        for (var task = 0; task < Tasks; task++)
        {
            json.WriteStartObject();
            json.WriteString("id", Key(task));
            json.WriteStartArray("parents");
            if (task >= Width) json.WriteStringValue(Key(task - Width));
            if (task >= Width && task % Width > 0) json.WriteStringValue(Key(task - Width - 1));
            json.WriteEndArray();
            json.WriteEndObject();
            if (json.BytesPending > 1 << 20) await json.FlushAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Key(int task) => task.ToString(CultureInfo.InvariantCulture);

    /// <summary>The most memory that a process had so far, in bytes; 0 when it has ended.</summary>
    private static long PeakOf(int process)
    {
        try
        {
            var peak = File.ReadLines($"/proc/{process}/status").FirstOrDefault(IsPeak);
            return peak is null ? 0 : 1024 * long.Parse(
                peak.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static bool IsPeak(string line) => line.StartsWith("VmHWM:", StringComparison.Ordinal);

    public void Dispose() => _command.Dispose();
}
