using System.Security.Cryptography;
using System.Text;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs a task unless everything is as its last run left it, and keeps the state for the next run.</summary>
internal sealed class UpToDateBody<T>(TaskBody inner, RunPlan plan) : TaskBody
{
    public override Type? Output => typeof(T);

    public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var file = call.Stores.Runs.StateFileOf(call.Context.FlowName, call.Task.Name);
        using var turn = await call.Stores.Runs.EnterAsync(file, call.CancellationToken).ConfigureAwait(false);
        var last = ReadLast(call, file);
        var inputs = new RunInputs(call, plan, DirectoryOf(call), last);
        var run = new TaskRun(inputs.Directory, MementoOf(last), call.Stores.Json)
        {
            InputsChanged = inputs.HaveChangedSince(last),
        };
        call.Begin(run);
        // A task that has added to its job looked before it did.
        var reason = call.LastStep is null
            ? await WhyRunAsync(call, inputs, last).ConfigureAwait(false)
            : "what it added has ended";
        if (reason is null) return Reuse(call, last!);
        KeepingLog.RunsBecause(call.Context.Logger, reason);
        // Whatever happens from here on: the state of the last run is not that of the files any more.
        if (last is { Succeeded: true }) (last with { Succeeded = false }).Write(file);
        var since = TimeProvider.System.GetUtcNow();
        var output = await inner.RunAsync(call).ConfigureAwait(false);
        if (!call.EndsOtherwise) Keep(call, file, inputs, run, last, since, output);
        return output;
    }

    private async ValueTask<string?> WhyRunAsync(TaskCall call, RunInputs inputs, LastRun? last)
    {
        if (call.IsForced) return "the job was submitted so";
        if (plan.Options.Always) return "it always does";
        if (inputs.WhyNotUpToDate(last) is { } reason) return reason;
        if (!IsReadable(call, last!)) return "the output of the last run cannot be read as what it gives now";
        if (plan.Options.Check is not { } check) return null;
        try
        {
            var seen = new UpToDateCheck(inputs.Directory, call.Context.Memento);
            return await check(seen, call.CancellationToken).ConfigureAwait(false) ? null : "its own check says so";
        }
        catch (Exception e) when (KeptResults.IsTroubleOfItsOwn(e, call))
        {
            KeepingLog.CheckThrew(call.Context.Logger, e);
            return "its own check threw";
        }
    }

    private static Payload Reuse(TaskCall call, LastRun last)
    {
        call.Note(new AttemptNotes
        {
            Reused = new Reuse(ReuseSource.LastRun, last.Stamp),
            // The run may be one of this very job, whose success was not recorded before its process died.
            IsUnchanged = last.Job != call.Context.JobId.Value,
            Stamp = last.Stamp,
        });
        return OutputOf(last);
    }

    private static bool IsReadable(TaskCall call, LastRun last)
    {
        try
        {
            _ = call.Stores.Json.Decode<T>(OutputOf(last));
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            KeepingLog.LastOutputNotRead(call.Context.Logger, e);
            return false;
        }
    }

    private static Payload OutputOf(LastRun last) =>
        last.Output == "null" ? Payload.None : Payload.FromJson(last.Output);

    private void Keep(
        TaskCall call, string file, RunInputs inputs, TaskRun run, LastRun? last, DateTimeOffset since, Payload output)
    {
        // What an attempt did that did not succeed is a change, though the next one finds it done.
        var isUnchanged = run.IsUnchanged && last is { Succeeded: true };
        var stamp = isUnchanged ? last!.Stamp : NewStamp(call);
        var json = Encoding.UTF8.GetString(KeptResults.JsonOf<T>(call, output).Span);
        var state = inputs.ToRun(call.Context.JobId.Value, stamp, json) with
        {
            FurtherReads = [.. Full(run, run.Read).Select(path => FileMark.OfReadSince(path, since))],
            Writes = [.. Written(call, run).Select(path => FileMark.Of(path))],
            Memento = run.Memento.Json is { } memento ? Encoding.UTF8.GetString(memento.Span) : null,
        };
        state.Write(file);
        call.Note(new AttemptNotes { IsUnchanged = isUnchanged, Stamp = stamp });
    }

    private SortedSet<string> Written(TaskCall call, TaskRun run)
    {
        var paths = new SortedSet<string>(Full(run, run.Written), StringComparer.Ordinal);
        foreach (var pattern in plan.WritePatterns(call))
        {
            var found = FileGlob.Find(run.Directory, pattern).Where(File.Exists).ToList();
            if (found.Count == 0)
                throw new RunFileException(
                    $"Task '{call.Task.Name}' was to write '{pattern}' in {run.Directory}, and there is no such file "
                    + "now that it has succeeded.");
            paths.UnionWith(found);
        }

        return paths;
    }

    private static IEnumerable<string> Full(TaskRun run, IEnumerable<string> files) =>
        files.Select(path => Path.GetFullPath(path, run.Directory)).Distinct(StringComparer.Ordinal);

    private string DirectoryOf(TaskCall call) => Directory.CreateDirectory(
        plan.Directory is { } given
            ? Path.GetFullPath(given.Render(call, static text => text))
            : call.Stores.Runs.DirectoryOf(call.Context.FlowName, call.Task.Name)).FullName;

    private static LastRun? ReadLast(TaskCall call, string file)
    {
        try
        {
            return LastRun.Read(file);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            KeepingLog.LastRunDamaged(call.Context.Logger, e, file);
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? MementoOf(LastRun? last) =>
        last?.Memento is { } memento ? Encoding.UTF8.GetBytes(memento) : (ReadOnlyMemory<byte>?)null;

    // A job's id may be used again when the job is forgotten: the time tells the runs apart.
    private static string NewStamp(TaskCall call)
    {
        var context = call.Context;
        var run = $"{context.JobId}\n{context.TaskName}\n{context.Attempt}\n{TimeProvider.System.GetUtcNow():O}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)).AsSpan(0, 16));
    }
}
