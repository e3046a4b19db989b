namespace ActorFlow.House.Tests.ApiText;

/// <summary>Says which lines came and went between two texts.</summary>
internal static class LineDiff
{
    /// <summary>The lines that differ, in order: gone with a minus, new with a plus, each under its place.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var old = before.Split('\n');
        var now = after.Split('\n');
        var common = CommonLines(old, now);
        var lines = new List<string>();
        int i = 0, j = 0;
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                i++;
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
                lines.Add($"{i + 1,5} - {old[i++].TrimEnd()}");
            else
                lines.Add($"{j + 1,5} + {now[j++].TrimEnd()}");
        }

        return lines;
    }

    /// <summary>How many lines the rests of both texts have in common, in order, from each pair of places on.</summary>
    private static int[,] CommonLines(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        return common;
    }
}
