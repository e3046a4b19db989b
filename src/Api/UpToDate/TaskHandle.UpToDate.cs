using ActorFlow.Actors;

namespace ActorFlow;

/// <content>Tasks that run only when something has changed.</content>
public sealed partial class TaskHandle<T>
{
    /// <summary>
    /// Keeps the state of the task's last run, and runs its code only where something has changed since.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The code does not run, and the output of the last run counts, when that run succeeded with the same version of
    /// the
    /// task, the same input, the same input files and those that it said to have read, when its output files are as it
    /// left them, when nothing that the task needs ran and changed something since, and a check of one's own agrees.
    /// Files are compared by content; size and time only save looking. A job submitted with <c>Force</c> runs it.
    /// </para>
    /// <para>
    /// Two runs of one task never work at once in one process. What is damaged is not up to date.
    /// </para>
    /// </remarks>
    /// <param name="options">What the task reads and writes; nothing but its input and output if null.</param>
    public TaskHandle<T> UpToDate(UpToDateOptions? options = null)
    {
        options ??= UpToDateOptions.Default;
        var directory = options.RunDirectory is { } given ? Producer.Template(given, "run directory") : null;
        var reads = Templates(options.Inputs, "input files");
        var writes = Templates(options.Outputs, "output files");
        var inputs = Producer.Inputs;
        Producer.UpToDate(
            (plan, body) => new UpToDateBody<T>(
                body,
                new RunPlan(
                    $"{plan.Identity} -> {TypeNames.Full(typeof(T))}", inputs.Canonical, options, directory, reads,
                    writes)),
            writesFiles: options.Outputs.Count > 0);
        return this;
    }

    private List<KeyTemplate> Templates(IReadOnlyList<string> patterns, string what) =>
        [.. patterns.Select(pattern => Producer.Template(pattern, what)).OfType<KeyTemplate>()];
}

/// <summary>What a task that keeps its state was declared with.</summary>
/// <param name="Identity">What the task computes.</param>
/// <param name="Inputs">What tells one input from another.</param>
/// <param name="Options">What its author said.</param>
/// <param name="Directory">Its run directory; null for one of the engine.</param>
/// <param name="Reads">The patterns of the files that it reads.</param>
/// <param name="Writes">The patterns of the files that it writes.</param>
internal sealed record RunPlan(
    string Identity,
    Func<TaskCall, byte[]> Inputs,
    UpToDateOptions Options,
    KeyTemplate? Directory,
    IReadOnlyList<KeyTemplate> Reads,
    IReadOnlyList<KeyTemplate> Writes)
{
    /// <summary>The patterns of the files that an attempt reads.</summary>
    public IEnumerable<string> ReadPatterns(TaskCall call) => Reads.Select(read => read.Render(call, Plain));

    /// <summary>The patterns of the files that an attempt writes.</summary>
    public IEnumerable<string> WritePatterns(TaskCall call) => Writes.Select(write => write.Render(call, Plain));

    private static string Plain(string text) => text;
}
