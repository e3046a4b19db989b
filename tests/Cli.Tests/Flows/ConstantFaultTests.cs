namespace ActorFlow.Cli.Tests.Flows;

/// <summary>What can be known to be wrong from the file alone is told by <c>validate</c>, and not by a job.</summary>
public sealed class ConstantFaultTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("integer", "soon", "the text \"soon\"; an integer is wanted.")]
    [InlineData("integer", "\"3\"", "the text \"3\"; an integer is wanted.")]
    [InlineData("integer", "1.5", "the number 1.5; an integer is wanted.")]
    [InlineData("string", "3", "the number 3; a string is wanted.")]
    [InlineData("boolean", "yes", "the text \"yes\"; a boolean is wanted.")]
    [InlineData("list", "{ a: 1 }", "the object {\"a\":1}; a list is wanted.")]
    [InlineData("object", "[1]", "the list [1]; an object is wanted.")]
    [InlineData("integer", "null", "null; an integer is wanted. The type 'integer?' may be null.")]
    public async Task A_default_is_what_its_input_holds(string type, string value, string message)
    {
        await Refuses(
            $"flow: f\ninput: {{ n: {{ type: {type}, default: §{value} }} }}\ntasks: {{ a: {{ run: echo }} }}\n",
            $"The default of input 'n' is {message}");
    }

    [Theory]
    [InlineData("integer", "3")]
    [InlineData("integer?", "null")]
    [InlineData("any", "null")]
    [InlineData("number", "1.5")]
    [InlineData("string", "\"3\"")]
    [InlineData("any", "[1]")]
    [InlineData("boolean", "false")]
    public async Task A_default_that_fits_is_taken(string type, string value)
    {
        var file = _command.File(
            "f.yaml",
            $"flow: f\ninput: {{ n: {{ type: {type}, default: {value} }} }}\ntasks: {{ a: {{ run: echo }} }}\n");

        Assert.Equal(0, (await CommandLine.RunAsync("validate", file)).ExitCode);
    }

    [Theory]
    [InlineData("input: { n: §string?? }", "An input is one of any, string, integer, int, number, boolean, bool, list, "
        + "object, map; 'string??' is none of them. Did you mean 'string'?")]
    [InlineData("input: { n: string, §N: string }",
        "Inputs 'n' and 'N' have the same name but for case; names must differ.")]
    [InlineData("hooks: { on-end: §\" \" }", "'on-end' is empty; it is a shell command.")]
    [InlineData("parallel: §0", "'parallel' is 0; it must be at least 1.")]
    [InlineData("timeout: §0", "'timeout' is a duration longer than zero.")]
    public async Task What_a_flow_can_never_mean_is_told(string setting, string message)
    {
        await Refuses($"flow: f\n{setting}\ntasks: {{ a: {{ run: echo }} }}\n", message);
    }

    [Theory]
    [InlineData("generate: §\"\"", "'generate' is empty; it is a command that prints a flow.")]
    [InlineData("generate: §\" \"", "'generate' is empty; it is a command that prints a flow.")]
    [InlineData("uses: §\"\"", "'uses' is empty; name a .NET task.")]
    [InlineData("run: §\"\"", "'run' is empty; it is a shell command.")]
    [InlineData("run: echo, shell: §\" \"",
        "'shell' is empty; it is the program that runs the command, such as bash.")]
    [InlineData("run: echo, retry: { attempts: §99999999999 }",
        "'attempts' is 99999999999; numbers go from -2147483648 to 2147483647.")]
    [InlineData("run: echo, until: value == 'x', max: §0", "'max' is 0; it is from 1 to 10000.")]
    [InlineData("{ §run:echo }", "Task 'a' has no key 'run:echo'. Write 'run: echo', with a space behind the colon.")]
    [InlineData("{ §rnu: echo }", "Task 'a' has no key 'rnu'. Did you mean 'run'?")]
    public async Task What_a_task_can_never_mean_is_told_once(string task, string message)
    {
        await Refuses($"flow: f\ntasks:\n  a: {(task[0] == '{' ? task : $"{{ {task} }}")}\n", message);
    }

    [Theory]
    [InlineData("{ webhook: §example.org }", "'webhook' of 'notify': 'example.org' is no http or https address; "
        + "write one such as https://example.org/hook.")]
    [InlineData("{ webhook: §\"ftp://${env.HOST}/x\" }", "'webhook' of 'notify': 'ftp://${env.HOST}/x' is no "
        + "http or https address; write one such as https://example.org/hook.")]
    [InlineData("{ §webhok: \"http://x\" }", "A rule of 'notify' has no key 'webhok'. Did you mean 'webhook'?")]
    [InlineData("{ mail: { host: h, from: §me, to: a@b.c } }", "'me' in 'from' is no mail address; write one such "
        + "as reports@example.org in plain letters.")]
    [InlineData("{ mail: { host: h, from: a@b.c, to: §[a@b.c, b] } }", "'b' in 'to' is no mail address; write one "
        + "such as reports@example.org in plain letters.")]
    [InlineData("{ mail: { host: h, from: a@b.c, to: §[] } }", "'to' is empty; name a recipient.")]
    [InlineData("{ mail: { host: §\" \", from: a@b.c, to: d@e.f } }", "'host' is empty; name the mail server.")]
    [InlineData("{ mail: { host: h, from: a@b.c, to: d@e.f, port: §70000 } }",
        "'port' is 70000; it is from 1 to 65535.")]
    [InlineData("{ mail: { §hst: h, from: a@b.c, to: d@e.f } }",
        "'mail' has no key 'hst'. Did you mean 'host'?")]
    public async Task A_notice_that_could_never_be_sent_is_told(string rule, string message)
    {
        await Refuses($"flow: f\nnotify: {rule}\ntasks: {{ a: {{ run: echo }} }}\n", message);
    }

    [Fact]
    public async Task A_notice_with_variables_is_checked_as_far_as_it_is_known()
    {
        var file = _command.File("f.yaml", """
            flow: f
            notify:
              - webhook: "${env.NOWHERE}"
              - webhook: "https://${env.HOST}:${env.PORT}/${env.PATH_OF_IT}"
              - mail: { host: "${env.HOST}", from: "${env.FROM}", to: ["${env.WHO}@example.org", "Ann <a@b.c>"] }
            tasks: { a: { run: echo } }
            """);

        Assert.Equal((0, ""), await ValidatedAsync(file));
    }

    [Theory]
    [InlineData("save: §\"out/{job}.txt\"", "'{job}' in the key 'out/{job}.txt' stands for nothing: a reference has "
        + "a '$' before it, as in ${job}.")]
    [InlineData("save: §\"${job}/{index}\"", "'{index}' in the key '${job}/{index}' stands for nothing: a reference "
        + "has a '$' before it, as in ${key}.")]
    [InlineData("save: §/abs/x", "'/abs/x' is not the key of a dataset: a name between two '/' is empty, or it "
        + "begins or ends with '/'.")]
    [InlineData("save: §\"../${job}\"", "'../x' is not the key of a dataset: the name '..' would lead out of its "
        + "folder.")]
    [InlineData("save: [§\"a:b\"]", "'a:b' is not the key of a dataset: it has the character U+003A.")]
    [InlineData("save: §\"${jb}\"", "A '${' begins no reference: there are ${input.NAME}, ${needs.NAME}, ${job}, "
        + "${task}, ${flow}, and in maps and loops ${item}, ${key}, ${value}, ${round}. Write '$${' for the text.")]
    [InlineData("save: { key: a, format: §jsn }",
        "'format' is one of json, text, and 'jsn' is none of them. Did you mean 'json'?")]
    [InlineData("save: { key: a, format: §bytes }", "'format' is one of json, text, and 'bytes' is none of them.")]
    [InlineData("save: { §keyy: a }", "'save' has no key 'keyy'. Did you mean 'key'?")]
    public async Task A_dataset_that_could_never_be_saved_is_told(string save, string message)
    {
        await Refuses($"flow: f\ntasks:\n  a: {{ run: echo, {save} }}\n", message);
    }

    [Theory]
    [InlineData("matrix: { size: [1], colour: [a] }, run: echo, env: { C: §\"${matrix.color}\" }",
        "'${matrix.color}' names no list of 'matrix'. Did you mean 'colour'?")]
    [InlineData("matrix: { size: [1], colour: [a] }, run: echo, env: { C: §\"${item.shape}\" }",
        "'${item.shape}' names no list of 'matrix'.")]
    [InlineData("map: [{ x: 1, y: 2 }, { x: 3 }], run: echo, env: { C: §\"${item.y}\" }",
        "'${item.y}' names no field that all items have.")]
    [InlineData("map: [1, 2], run: echo, env: { C: §\"${item.y}\" }",
        "'${item.y}' names no field that all items have.")]
    [InlineData("map: [1, 2], run: echo, env: { C: §\"${matrix.y}\" }",
        "'${matrix.y}' has no value here: only tasks with 'matrix' combine lists.")]
    [InlineData("run: echo, env: { C: §\"${item.y}\" }",
        "'${item.y}' has no value here: only tasks with 'map' or 'matrix' have items.")]
    [InlineData("run: echo, env: { C: §\"${key}\" }",
        "'${key}' has no value here: only tasks with 'map' or 'matrix' have items.")]
    [InlineData("run: echo, cache: { key: §\"${matrix.y}\" }",
        "'${matrix.y}' has no value here: only tasks with 'matrix' combine lists.")]
    public async Task A_reference_to_what_no_item_has_is_told(string task, string message)
    {
        await Refuses($"flow: f\ntasks:\n  a: {{ {task} }}\n", message);
    }

    [Theory]
    [InlineData("map: [{ x: 1, y: 2 }, { x: 3 }], run: echo, env: { C: \"${item.X}\" }")]
    [InlineData("map: [{ x: 1 }, \"${input.more}\"], run: echo, env: { C: \"${item.y}\" }")]
    [InlineData("matrix: { size: [1] }, run: echo, env: { C: \"${matrix.size}${item.size}${item}${key}\" }")]
    [InlineData("map: { a: { x: 1 } }, run: echo, env: { C: \"${item.x.y}${key}\" }")]
    public async Task References_that_may_lead_somewhere_are_taken(string task)
    {
        Assert.Equal((0, ""), await ValidatedAsync(_command.File("f.yaml", $"flow: f\ntasks:\n  a: {{ {task} }}\n")));
    }

    private static async Task<(int ExitCode, string Errors)> ValidatedAsync(string file)
    {
        var ran = await CommandLine.RunAsync("validate", file);
        return (ran.ExitCode, ran.Errors);
    }

    private async Task Refuses(string flow, string message)
    {
        var (file, place) = _command.Marked(flow);
        Assert.Equal((2, $"actorflow: Flow 'f' is not valid: {place}: {message}\n"), await ValidatedAsync(file));
    }

    public void Dispose() => _command.Dispose();
}
