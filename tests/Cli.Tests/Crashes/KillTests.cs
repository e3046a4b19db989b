using System.Text.Json;

namespace ActorFlow.Cli.Tests.Crashes;

public sealed class KillTests : IDisposable
{
    private const int Kills = 50;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_job_that_is_killed_again_and_again_goes_on_where_it_stopped()
    {
        var random = new Random(20261121);
        var kills = 0;
        for (var job = 0; kills < Kills; job++) kills += await RunThroughAsync($"job{job}", Kills - kills, random);
    }

    /// <summary>Runs one job, killing it a few times on the way.</summary>
    /// <returns>How often it was killed.</returns>
    private async Task<int> RunThroughAsync(string id, int mostKills, Random random)
    {
        var marks = _command.PathOf($"{id}.marks");
        var file = _command.File($"{id}.yaml", Flow(marks));
        var lives = 0;
        var arguments = new[] { "run", file, "--job", id, "--parallel", "4", "--quiet" };
        for (; lives < Math.Min(5, mostKills); lives++)
        {
            var before = Count(marks);
            using var life = ToolProcess.Start(_command.Directory, arguments);
            // Somewhere between two tasks, in one, or before the first.
            var until = before + random.Next(0, 5);
            await Waiting.UntilAsync(() => Count(marks) >= until || life.HasEnded);
            for (var spin = random.Next(0, 300_000); spin > 0; spin--) Thread.SpinWait(1);
            life.Kill();
            if ((await life.EndAsync()).ExitCode == 0) break;
            // Killed before its submission was durable, the job is not there: nobody was told that it was.
            if (await IsThereAsync(id)) arguments = ["resume", id, "--parallel", "4", "--quiet"];
        }

        var last = await ToolProcess.RunAsync(_command.Directory, [.. arguments, "--report", $"{id}.json"]);
        Assert.True(last.ExitCode == 0 && last.Errors == "", $"{last.ExitCode}: {last.Errors}{await WhyAsync(id)}");
        await CheckAsync(id, marks, lives);
        return Math.Max(1, lives);
    }

    private async Task<bool> IsThereAsync(string id) =>
        (await ToolProcess.RunAsync(_command.Directory, "show", id)).ExitCode == 0;

    private async Task<string> WhyAsync(string id) =>
        (await ToolProcess.RunAsync(_command.Directory, "report", id)).Output;

    private async Task CheckAsync(string id, string marks, int lives)
    {
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(_command.PathOf($"{id}.json"))).RootElement;
        var runs = (await File.ReadAllLinesAsync(marks)).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        var again = 0;
        foreach (var task in report.GetProperty("tasks").EnumerateArray())
        {
            var (name, attempts) = (task.GetProperty("name").GetString()!, task.GetProperty("attempts").GetInt32());
            Assert.Equal("succeeded", task.GetProperty("status").GetString());
            // An attempt that was killed may have made its mark or not; nothing ran that is not recorded.
            Assert.InRange(runs[name], 1, attempts);
            again += attempts - 1;
        }

        Assert.InRange(again, 0, 4 * lives);
        var events = (await ToolProcess.RunAsync(_command.Directory, "show", id, "--events", "--json")).Json;
        var successes = events.EnumerateArray()
            .Where(e => e.GetProperty("event").GetString()!.StartsWith("task.succeeded", StringComparison.Ordinal));
        Assert.Equal(runs.Count, successes.Select(e => e.GetProperty("task").GetString()).Distinct().Count());
        Assert.Equal(runs.Count, successes.Count());
    }

    private static int Count(string file) => File.Exists(file) ? File.ReadAllText(file).Count(c => c == '\n') : 0;

    private static string Flow(string marks)
    {
        var flow = new System.Text.StringBuilder("flow: marks\ntasks:\n");
        for (var task = 0; task < 24; task++)
            flow.Append(task < 3
                ? $"  t{task}: {{ run: 'echo t{task} >> {marks}' }}\n"
                : $"  t{task}: {{ needs: [t{task - 3}, t{task - 2}], run: 'echo t{task} >> {marks}' }}\n");
        return flow.ToString();
    }

    public void Dispose() => _command.Dispose();
}
