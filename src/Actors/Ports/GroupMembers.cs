using System.Text;

namespace ActorFlow.Actors;

/// <summary>The processes of a group, where a <c>/proc</c> shows them.</summary>
internal static class GroupMembers
{
    /// <summary>Whether one of them is alive: a dead one stays in its group until its parent collects it.</summary>
    /// <returns>True also where there is no <c>/proc</c> to tell.</returns>
    public static bool AreAlive(int group) =>
        !ProcFiles.AreThere || ProcFiles.All("stat").Any(found => IsAlive(found.Content, group));

    // What it says, as proc(5) has it: number (program) state parent group …; a program's name may hold anything.
    private static bool IsAlive(byte[] stat, int group)
    {
        var said = Encoding.UTF8.GetString(stat);
        var fields = said[(said.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [not ("Z" or "X"), _, var its, ..] && int.TryParse(its, out var number) && number == group;
    }
}
