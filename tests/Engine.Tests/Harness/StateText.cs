using System.Text;

namespace ActorFlow.Engine.Tests;

/// <summary>All that a state says in public, as text, so that two states compare at once and differ visibly.</summary>
internal static class StateText
{
    public static string Of(JobState state)
    {
        var text = new StringBuilder()
            .AppendLine($"job {state.Phase} version {state.Version}")
            .AppendLine($"open {state.OpenTasks} running {state.RunningTasks}")
            .AppendLine($"submitted {state.Submitted?.Id} {state.SubmittedAt:O} last {state.LastAt:O}")
            .AppendLine($"ended {state.EndedAt:O} {state.StopReason} '{state.StopDetail}' {state.Counts}")
            .AppendLine($"forked {state.Submitted?.ForkedFrom} replaced {state.FlowReplacedAt:O}")
            .AppendLine($"abandoned {state.AbandonedAttempts}");
        foreach (var phase in Enum.GetValues<TaskPhase>()) text.Append($"{phase} {state.CountOf(phase)} ");
        for (var pool = 0; pool < state.Flow.Pools.Names.Count; pool++)
            text.AppendLine($"pool {pool} startable {state.StartableIn(pool)}");
        for (var task = 0; task < state.Graph.Count; task++) Append(text, state, task);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JobState state, int task) => text
        .Append($"{state.Graph[task].Name} {state.PhaseOf(task)} {state.ReasonOf(task)} ")
        .Append($"attempt {state.AttemptOf(task)} lost {state.LostOf(task)} pending {state.PendingOf(task)} ")
        .Append($"cause {state.CauseOf(task)} output {state.OutputOf(task)} failure {state.FailureOf(task)?.Type} ")
        .Append($"markers {string.Join(',', state.MarkersOf(task))} kept {string.Join(',', state.KeptOf(task))} ")
        .Append($"ready {state.ReadyAtOf(task):O} started {state.StartedAtOf(task):O} ")
        .Append($"ended {state.EndedAtOf(task):O} due {state.DueAtOf(task):O} ")
        .AppendLine($"notes {NotesOf(state, task)} taken {state.TakenFromOf(task)}");

    private static string NotesOf(JobState state, int task) => state.NotesOf(task) is { } notes
        ? $"{notes.Reused} {notes.IsUnchanged} {notes.Stamp} {string.Join(',', notes.Saved)}"
        : "";
}
