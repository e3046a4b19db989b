using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorFlow;

/// <summary>Digests of what a flow and its tasks compute.</summary>
internal static class Fingerprints
{
    /// <summary>SHA-256 over the fingerprints of all tasks and their names, as lower-case hexadecimal.</summary>
    public static string Of(Flow flow)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new StringBuilder();
        Append(line, flow.Name);
        hash.AppendData(Encoding.UTF8.GetBytes(line.ToString()));
        foreach (var task in flow.Tasks)
        {
            line.Clear();
            Describe(line, flow, task);
            hash.AppendData(Encoding.UTF8.GetBytes(line.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// A short digest of one task, kept with the job so that a changed flow can be named by its tasks.
    /// </summary>
    public static ulong Of(Flow flow, FlowTask task)
    {
        var text = new StringBuilder();
        Describe(text, flow, task);
        return StableHash.Of(text.ToString());
    }

    // Lengths before names keep "a" + "bc" apart from "ab" + "c".
    private static void Describe(StringBuilder text, Flow flow, FlowTask task)
    {
        Append(text, task.Name.ToUpperInvariant());
        Append(text, task.Kind);
        text.Append((int)task.Policy.Trigger);
        foreach (var input in task.Inputs)
        {
            Append(text, input.Parameter);
            switch (input)
            {
                case TaskInput.FromTask edge:
                    Append(text.Append(edge.Required ? 'T' : 't'), flow.Tasks[edge.Task].Name.ToUpperInvariant());
                    Append(text, edge.Field ?? "");
                    if (edge.IsOutcome) text.Append('O');
                    break;
                case TaskInput.FromJob job:
                    Append(text.Append('J'), job.Field ?? "");
                    break;
                case TaskInput.Constant constant:
                    Append(text.Append('C'), constant.Value.ToString());
                    break;
            }
        }

        foreach (var template in task.Templates)
            Append(
                text.Append(CultureInfo.InvariantCulture, $"F{template.Result ?? -1}"), template.Flow.Fingerprint);
        if (task.Maker is not null) text.Append('M');
        text.Append('\n');
    }

    private static void Append(StringBuilder text, string part) => text.Append(part.Length).Append(':').Append(part);
}
