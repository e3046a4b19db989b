namespace ActorFlow.Journal;

/// <summary>Looks into the directory of an embedded journal: nothing is locked or changed.</summary>
/// <remarks>It may be used beside a process that writes; what is being written is not seen.</remarks>
public static class JournalInspection
{
    private const int ReadAttempts = 5;

    /// <summary>Reads everything, every event included, and lists all damage.</summary>
    /// <param name="directory">The journal's directory.</param>
    /// <param name="disk">The disk; that of this machine if null.</param>
    /// <exception cref="JournalException">The directory cannot be read.</exception>
    public static JournalVerification Verify(string directory, IDisk? disk = null)
    {
        var options = OptionsOf(directory, disk);
        JournalVerification? before = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var found = VerifyOnce(options);
                // Who writes meanwhile can make what is sound look damaged, but not twice in the same way.
                var isLasting = before is not null && found.Damage.SequenceEqual(before.Damage);
                if (found.IsSound || isLasting || attempt == ReadAttempts) return found;
                before = found;
            }
            catch (FileNotFoundException) when (attempt < ReadAttempts)
            {
                // The process that writes has dropped it: read again.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CannotBeRead(directory, e);
            }
        }
    }

    /// <summary>Reads every event in the order in which they were written, one frame at a time.</summary>
    /// <param name="directory">The journal's directory.</param>
    /// <param name="onDamage">Hears of damage, and reading goes on behind it; null to throw it.</param>
    /// <param name="disk">The disk; that of this machine if null.</param>
    /// <exception cref="JournalDamagedException">There is damage, and nobody wants to hear of it.</exception>
    /// <exception cref="JournalException">The directory cannot be read.</exception>
    public static IEnumerable<JournalEntry> Dump(
        string directory, Action<JournalDamage>? onDamage = null, IDisk? disk = null) =>
        new JournalDump(OptionsOf(directory, disk), onDamage ?? Throw).Read();

    private static JournalVerification VerifyOnce(FileJournalOptions options)
    {
        var damage = new List<JournalDamage>();
        var events = 0L;
        var scratch = new List<JobEvent>();
        var reader = new JournalReader(options, damage.Add, (segment, head, offset, record) =>
        {
            scratch.Clear();
            if (RecordReader.TryDecode(head, record, scratch) is { } problem)
                damage.Add(new JournalDamage(segment.Path, offset, problem));
            events += scratch.Count;
        });
        try
        {
            reader.Read();
            var contents = reader.Contents;
            return new JournalVerification(damage, TornTail(reader), new JournalTotals(
                contents.Segments.Count, contents.Segments.Sum(s => s.End), reader.Frames, events, contents.Jobs.Count,
                contents.Jobs.Values.Count(j => j.HasEnded), contents.Forgotten.Count));
        }
        finally
        {
            reader.Close();
        }
    }

    private static JournalDamage? TornTail(JournalReader reader)
    {
        var used = reader.Tail.Span.LastIndexOfAnyExcept((byte)0) + 1;
        return used == 0 ? null : new JournalDamage(
            reader.Contents.Segments[^1].Path, reader.Contents.Segments[^1].End,
            $"{used} bytes of a write that was not finished; they are cut off when the journal is opened.");
    }

    private static FileJournalOptions OptionsOf(string directory, IDisk? disk)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new FileJournalOptions
        {
            Directory = directory,
            Disk = disk ?? PhysicalDisk.Instance,
            ReadOnly = true,
        };
    }

    private static void Throw(JournalDamage damage) =>
        throw new JournalDamagedException(damage.File, damage.Offset, damage.Problem);

    internal static JournalException CannotBeRead(string directory, Exception inner) =>
        new($"The journal in '{directory}' cannot be read: {inner.Message}", inner);
}

/// <summary>What a look at a whole journal found.</summary>
/// <param name="Damage">All damage, in the order of the files; empty if the journal is sound.</param>
/// <param name="TornTail">
/// The end of a write that a crash interrupted, which the next opening cuts off, or that is under way; null if there is
/// none. It is no damage.
/// </param>
/// <param name="Totals">How much there is.</param>
public sealed record JournalVerification(
    IReadOnlyList<JournalDamage> Damage, JournalDamage? TornTail, JournalTotals Totals)
{
    /// <summary>Whether everything reads as it was written.</summary>
    public bool IsSound => Damage.Count == 0;
}

/// <summary>How much there is in a journal.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Bytes">Their size, without room that is only reserved.</param>
/// <param name="Frames">Writes to the disk.</param>
/// <param name="Events">Events, those of forgotten jobs included that have not been compacted away.</param>
/// <param name="Jobs">Jobs, without those that are forgotten.</param>
/// <param name="EndedJobs">Those of them that have ended.</param>
/// <param name="ForgottenJobs">Forgotten jobs of which there still is something.</param>
public sealed record JournalTotals(
    int Files, long Bytes, long Frames, long Events, int Jobs, int EndedJobs, int ForgottenJobs);
