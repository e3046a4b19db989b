using System.Globalization;
using System.Text;

namespace ActorFlow.Actors;

/// <summary>What proc(5) says of a process in its file <c>stat</c>.</summary>
/// <param name="IsAlive">Whether it runs; a dead one stays until its parent collects it.</param>
/// <param name="Group">Its process group.</param>
/// <param name="StartedAt">When it started, in ticks since the machine did: numbers of processes come again.</param>
internal sealed record ProcessStat(bool IsAlive, int Group, string StartedAt)
{
    private const int StartedAtField = 19;

    /// <summary>Reads it: number (program) state parent group …; a program's name may hold anything.</summary>
    public static ProcessStat? Of(byte[]? stat)
    {
        if (stat is null) return null;
        var said = Encoding.UTF8.GetString(stat);
        var fields = said[(said.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartedAtField
            && int.TryParse(fields[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out var group)
                ? new ProcessStat(fields[0] is not ("Z" or "X"), group, fields[StartedAtField])
                : null;
    }
}
