using System.Collections.Concurrent;
using System.Diagnostics;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Runs the hooks of flow files; one that fails or hangs is told, and hurts no job.</summary>
internal sealed class HookObserver(Terminal terminal) : JobObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // What a hook has printed is there when it has ended; whom it left behind may keep its pipes open for ever.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    // By the very flow: of a job's start may be told before whoever submits it knows its id.
    private readonly ConcurrentDictionary<Flow, (FlowHooks Hooks, string Directory)> _hooks =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Has the hooks run for the jobs of a flow.</summary>
    public void Add(Flow flow, FlowHooks hooks, string directory)
    {
        if (!hooks.AreNone) _hooks[flow] = (hooks, directory);
    }

    public override ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken) =>
        RunAsync(job, "on-start", hooks => hooks.OnStart, outcome: null);

    public override async ValueTask OnJobEndedAsync(
        JobHandle job, JobPhase outcome, CancellationToken cancellationToken)
    {
        if (outcome is JobPhase.Failed or JobPhase.TimedOut)
            await RunAsync(job, "on-failure", hooks => hooks.OnFailure, outcome).ConfigureAwait(false);
        await RunAsync(job, "on-end", hooks => hooks.OnEnd, outcome).ConfigureAwait(false);
    }

    // Not with the engine's token: where the job has ended at once, its hooks have their time all the same.
    private async ValueTask RunAsync(
        JobHandle job, string hook, Func<FlowHooks, string?> command, JobPhase? outcome)
    {
        if (!_hooks.TryGetValue(job.Flow, out var found) || command(found.Hooks) is not { } text) return;
        var problem = await TryAsync(StartOf(job, hook, text, found.Directory, outcome)).ConfigureAwait(false);
        if (problem is not null)
            await terminal.Errors.WriteLineAsync($"actorflow: hook '{hook}' of job {job.Id} {problem}")
                .ConfigureAwait(false);
    }

    private static ProcessStartInfo StartOf(
        JobHandle job, string hook, string command, string directory, JobPhase? outcome)
    {
        var start = new ProcessStartInfo(ProcessSpec.DefaultShell, ["-c", command])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ACTORFLOW_JOB"] = job.Id.Value,
                ["ACTORFLOW_FLOW"] = job.Flow.Name,
                ["ACTORFLOW_HOOK"] = hook,
            },
        };
        if (outcome is { } phase)
            start.Environment["ACTORFLOW_OUTCOME"] = PlainText.Hyphenated(phase.ToString());
        DefaultSignals.Of(start);
        return start;
    }

    /// <summary>Runs a hook, and says what went wrong; null if nothing did.</summary>
    private static async Task<string?> TryAsync(ProcessStartInfo start)
    {
        using var late = new CancellationTokenSource(Patience);
        using var letGo = new CancellationTokenSource();
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var (output, errors) = (
                BeginningAsync(process.StandardOutput, letGo.Token),
                BeginningAsync(process.StandardError, letGo.Token));
            var isLate = !await EndsAsync(process, late.Token).ConfigureAwait(false);
            letGo.CancelAfter(Grace);
            _ = await output.ConfigureAwait(false);
            var said = PlainText.OneLine((await errors.ConfigureAwait(false)).Trim());
            return isLate ? $"was ended: it did not end within {Patience.TotalSeconds:0} seconds."
                : process.ExitCode == 0 ? null
                : $"ended with exit code {process.ExitCode}{(said.Length == 0 ? "." : $": {said}")}";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException
            or InvalidOperationException)
        {
            return $"could not be run: {e.Message}";
        }
    }

    private static async Task<bool> EndsAsync(Process process, CancellationToken late)
    {
        try
        {
            await process.WaitForExitAsync(late).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }

    // Read to the end, or the command would wait; kept as far as anybody is told.
    private static async Task<string> BeginningAsync(StreamReader printed, CancellationToken letGo)
    {
        var (beginning, length, read) = (new char[4096], 0, 1);
        try
        {
            while (read > 0 && length < beginning.Length)
                length += read = await printed.ReadAsync(beginning.AsMemory(length), letGo).ConfigureAwait(false);
            await printed.BaseStream.CopyToAsync(Stream.Null, letGo).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for what else is printed.
        }

        return new string(beginning, 0, length);
    }
}
