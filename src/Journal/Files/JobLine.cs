using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>Where the line about a job is to be read: in its first record and its last.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobLine(JobId Id, RecordPlace First, RecordPlace Last, long Version, bool HasEnded)
{
    /// <summary>The most that the id and the flow's name of a job can take, and what is before them.</summary>
    private const int BeginningBytes = 4 * 1024;

    public static JobLine Of(JobStream job) =>
        new(job.Id, job.Places[0], job.Places[^1], job.DurableVersion, job.HasEnded);

    /// <summary>Reads the line.</summary>
    /// <exception cref="JournalDamagedException">What is stored cannot be read.</exception>
    public JournaledJob Read() => WithEnd(Beginning());

    /// <summary>Reads the line of one among others: that its end cannot be read must not hide those.</summary>
    /// <exception cref="JournalDamagedException">Not even how it began can be read.</exception>
    public JournaledJob ReadForList()
    {
        var line = Beginning();
        try
        {
            return WithEnd(line);
        }
        catch (JournalDamagedException e)
        {
            return line with { Problem = e.Message };
        }
    }

    private JournaledJob WithEnd(JournaledJob line) => HasEnded && RecordReader.ReadEnd(Last) is { } end
        ? line with { Outcome = end.Outcome, EndedAt = end.At, Counts = end.Counts }
        : line;

    private JournaledJob Beginning()
    {
        try
        {
            var beginning = new byte[Math.Min(First.Length, BeginningBytes)];
            First.Segment.File.Read(First.Offset, beginning);
            var reader = new ByteReader(beginning);
            RecordHead.Read(ref reader);
            var (at, _, flow) = EventDecoder.ReadBeginning(ref reader);
            return new JournaledJob(Id, flow, at, Version, null, null, null);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new JournalDamagedException(First.Segment.Path, First.Offset, e.Message);
        }
    }
}
