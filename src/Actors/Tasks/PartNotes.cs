using System.Security.Cryptography;
using System.Text;
using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>What all that a task has added said beside its outputs, taken together.</summary>
internal static class PartNotes
{
    /// <summary>The notes of all; null if any of it did not name the state that it left.</summary>
    public static AttemptNotes? Of(JobState state, int owner)
    {
        var (isUnchanged, stamps) = (true, new StringBuilder());
        foreach (var scope in state.Graph.ScopesOf(owner))
        {
            for (var task = scope.First; task < scope.End; task++)
            {
                if (state.NotesOf(task) is not { Stamp: { } stamp } notes) return null;
                isUnchanged &= notes.IsUnchanged;
                stamps.Append(state.Graph[task].Name).Append(' ').Append(stamp).Append('\n');
            }
        }

        if (stamps.Length == 0) return null;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(stamps.ToString()));
        return new AttemptNotes { IsUnchanged = isUnchanged, Stamp = Convert.ToHexStringLower(digest.AsSpan(0, 16)) };
    }
}
