using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorFlow.Cli;

/// <summary>Runs the hooks of flow files; one that fails or hangs is told, and hurts no job.</summary>
internal sealed class HookObserver(Terminal terminal) : JobObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

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
        return start;
    }

    /// <summary>Runs a hook, and says what went wrong; null if nothing did.</summary>
    private static async Task<string?> TryAsync(ProcessStartInfo start)
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                var (output, errors) = (
                    BeginningAsync(process.StandardOutput, late.Token),
                    BeginningAsync(process.StandardError, late.Token));
                await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
                _ = await output.ConfigureAwait(false);
                var said = PlainText.OneLine((await errors.ConfigureAwait(false)).Trim());
                return process.ExitCode == 0 ? null : $"ended with exit code {process.ExitCode}: {said}";
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return $"was ended: it did not end within {Patience.TotalSeconds:0} seconds.";
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException
            or InvalidOperationException)
        {
            return $"could not be run: {e.Message}";
        }
    }

    // Read to the end, or the command would wait; kept as far as anybody is told.
    private static async Task<string> BeginningAsync(StreamReader printed, CancellationToken cancellationToken)
    {
        var beginning = new char[4096];
        var length = await printed.ReadBlockAsync(beginning, cancellationToken).ConfigureAwait(false);
        await printed.BaseStream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return new string(beginning, 0, length);
    }
}
