namespace ActorFlow.Actors;

/// <summary>The processes of a group, where a <c>/proc</c> shows them.</summary>
internal static class GroupMembers
{
    /// <summary>Whether one of them is alive: a dead one stays in its group until its parent collects it.</summary>
    /// <returns>True also where there is no <c>/proc</c> to tell.</returns>
    public static bool AreAlive(int group)
    {
        if (!Directory.Exists("/proc")) return true;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (char.IsAsciiDigit(Path.GetFileName(directory)[0]) && IsAlive(Path.Combine(directory, "stat"), group))
                return true;
        return false;
    }

    // What it says, as proc(5) has it: number (program) state parent group …; a program's name may hold anything.
    private static bool IsAlive(string file, int group)
    {
        try
        {
            var said = File.ReadAllText(file);
            var fields = said[(said.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields is [not ("Z" or "X"), _, var its, ..] && int.TryParse(its, out var number) && number == group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended just now, or belongs to somebody else.
            return false;
        }
    }
}
