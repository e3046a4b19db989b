using System.Text.Json;

namespace ActorFlow.Cli.Tests.Commands;

/// <summary>What commands print of one job: the same words and numbers, whichever command says them.</summary>
public sealed class SameWordsTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Attempts_are_the_same_number_in_tables_in_reports_and_in_stories()
    {
        await RunAsync("""
            flow: loop
            tasks:
              count: { repeat: 3, run: 'echo "$ROUND"' }
              flaky: { retry: { attempts: 2 }, run: exit 3 }
            """, "loop");

        var table = (await _command.InDataAsync("show", "loop")).Output;
        Assert.Matches("\nsucceeded +count +4 \\(3 steps\\) ", table);
        Assert.Matches("\nfailed +flaky +2 ", table);
        var count = CommandLine.TaskOf((await _command.InDataAsync("report", "loop", "--json")).Json, "count");
        Assert.Equal((4, 3), (count.GetProperty("attempts").GetInt32(), count.GetProperty("steps").GetInt32()));
        Assert.Contains("succeeded in attempt 4.", (await _command.InDataAsync("why", "loop", "count")).Output);
        var page = _command.PathOf("page.html");
        await _command.InDataAsync("report", "loop", "--html", page);
        Assert.Contains("<td>4 (steps: 3)</td>", await File.ReadAllTextAsync(page));
    }

    [Fact]
    public async Task A_job_that_is_held_is_held_for_every_command()
    {
        await RunAsync("flow: f\ntasks: { a: { run: exit 3, retry: { exhausted: hold } } }", "j");
        await RequireEverywhereAsync("j", "held");
        Assert.Contains("is held: tasks wait for an operator.", (await _command.InDataAsync("show", "j")).Output);
    }

    [Fact]
    public async Task A_job_whose_process_is_gone_is_interrupted_for_every_command()
    {
        var begun = _command.PathOf("begun");
        var flow = _command.File("long.yaml", $$"""
            flow: long
            tasks: { a: { run: "touch '{{begun}}'; sleep 300" } }
            """);
        using (var process = ToolProcess.Start(_command.Directory, "run", flow, "--job", "j", "--data", _command.Data))
        {
            await Waiting.UntilAsync(() => File.Exists(begun));
            await RequireEverywhereAsync("j", "running");
            process.Kill();
            await process.EndAsync();
        }

        await RequireEverywhereAsync("j", "interrupted");
        var cancelled = await _command.InDataAsync("cancel", "j");
        Assert.Equal(0, cancelled.ExitCode);
        var shown = (await _command.InDataAsync("show", "j")).Output;
        Assert.Matches("\ncancelled +a +1 .* the job was cancelled\n", shown);
        Assert.DoesNotContain("OperationCanceled", (await _command.InDataAsync("show", "j", "--events")).Output);
        Assert.DoesNotContain("OperationCanceled", (await _command.InDataAsync("why", "j", "a")).Output);
    }

    [Fact]
    public async Task A_job_that_ran_out_of_time_is_spelled_as_flow_files_spell_it()
    {
        await RunAsync("flow: f\ntimeout: 100ms\ntasks: { a: { run: sleep 300 } }", "j");
        await RequireEverywhereAsync("j", "timed-out");
        Assert.EndsWith("  timed-out\n", (await _command.InDataAsync("show", "j", "--events")).Output);
    }

    [Fact]
    public async Task What_is_held_is_said_in_one_line_with_what_is_to_be_done()
    {
        var ran = await RunAsync("""
            flow: f
            defaults: { retry: { exhausted: hold } }
            tasks: { a: { run: exit 3 }, b: { run: exit 3 }, c: { run: exit 3 }, d: { run: exit 3 } }
            """, "j", "--quiet");
        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.Equal(
            "actorflow: job j has not ended: tasks a, b, c and 1 more are held. To try again: "
            + $"actorflow retry j --data '{_command.Data}'\n", ran.Errors);
    }

    [PtyFact]
    public async Task A_terminal_gets_no_control_codes_from_a_quiet_run_and_a_pipe_never_any()
    {
        var flow = _command.File("f.yaml", "flow: f\ntasks: { a: { run: exit 3 }, b: { run: echo } }");
        var quiet = await InTerminalAsync($"run '{flow}' --job j --quiet");
        Assert.StartsWith("actorflow: job j failed: task a failed: the command ", quiet, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', quiet);
        Assert.DoesNotContain('\e', await InTerminalAsync("list"));
        var printed = _command.PathOf("printed");
        Assert.DoesNotContain('\e', await InTerminalAsync($"run '{flow}' --in-memory > '{printed}'"));
        Assert.DoesNotContain('\e', await File.ReadAllTextAsync(printed));
    }

    [Fact]
    public async Task The_services_of_a_flow_are_described_with_the_tasks_that_see_them()
    {
        var flow = _command.File("f.yaml", """
            flow: f
            services:
              multiplier: { uses: Multiplier, as: IMultiplier, with: { factor: 3 } }
            tasks:
              shell: { run: echo }
              five: { uses: numbers.multiply, with: { n: 5 } }
              each: { map: [1, 2], uses: numbers.multiply }
              inner:
                flow:
                  services: { more: Doubler }
                  tasks: { a: { uses: numbers.multiply, with: { n: 3 } } }
            """);
        var text = (await CommandLine.RunAsync("describe", flow)).Output;
        Assert.Matches(
            "\nservices:\n +SERVICE +USES +AS +WITH +SEEN BY\n"
            + " +multiplier +Multiplier +IMultiplier +\\{\"factor\":3\\} +five, each, inner\n"
            + " +more +Doubler +- +- +inner\n", text);
        var services = (await CommandLine.RunAsync("describe", flow, "--json")).Json.GetProperty("services");
        Assert.Equal("multiplier", services[0].GetProperty("name").GetString());
        Assert.Equal(3, services[0].GetProperty("tasks").GetArrayLength());
        Assert.EndsWith("f.yaml:3:23", services[0].GetProperty("at").GetString());
    }

    private Task<CommandResult> RunAsync(string flow, string id, params string[] more) =>
        _command.InDataAsync(["run", _command.File($"{id}.yaml", flow), "--job", id, .. more]);

    private async Task RequireEverywhereAsync(string id, string status)
    {
        var listed = (await _command.InDataAsync("list", "--json")).Json.EnumerateArray()
            .Single(job => job.GetProperty("job").GetString() == id);
        Assert.Equal(status, StatusOf(listed));
        Assert.Equal(status, StatusOf((await _command.InDataAsync("show", id, "--json")).Json));
        Assert.Equal(status, StatusOf((await _command.InDataAsync("report", id, "--json")).Json));
        Assert.Equal(status, StatusOf((await _command.InDataAsync("why", id, "--json")).Json));
    }

    private static string? StatusOf(JsonElement job) => job.GetProperty("status").GetString();

    private async Task<string> InTerminalAsync(string arguments)
    {
        var tool = $"'{Environment.ProcessPath}' '{Path.Combine(AppContext.BaseDirectory, "ActorFlow.Cli.dll")}'";
        var start = new System.Diagnostics.ProcessStartInfo(
            "/usr/bin/script", ["-qc", $"{tool} {arguments}", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _command.Directory,
            Environment = { ["TERM"] = "xterm-256color" },
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return printed.Replace("\r", "", StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
