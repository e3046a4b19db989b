using System.Globalization;
using System.Runtime;

namespace ActorFlow.Campaign;

/// <summary>What a process holds at one moment, after everything that nobody holds was collected.</summary>
/// <param name="At">How long after the start.</param>
/// <param name="Jobs">How many jobs have ended so far.</param>
/// <param name="Open">How many have not.</param>
/// <param name="HeapBytes">The managed heap after full, blocking, compacting collections.</param>
/// <param name="WorkingSet">What the operating system has given to the process, in bytes.</param>
/// <param name="Descriptors">Open files, pipes and sockets; 0 where the operating system does not list them.</param>
/// <param name="Threads">Threads.</param>
/// <param name="DirectoryBytes">The files of the journal.</param>
/// <param name="Processor">The processor time that was used so far.</param>
internal sealed record Measurement(
    TimeSpan At, int Jobs, int Open, long HeapBytes, long WorkingSet, int Descriptors, int Threads,
    long DirectoryBytes, TimeSpan Processor)
{
    private const string DescriptorsOfThisProcess = "/proc/self/fd";

    public static Measurement Take(TimeSpan at, int jobs, int open, string directory)
    {
        Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new Measurement(
            at, jobs, open, GC.GetTotalMemory(forceFullCollection: false), process.WorkingSet64, CountDescriptors(),
            process.Threads.Count, SizeOf(directory), process.TotalProcessorTime);
    }

    // Twice: what a finalizer lets go of is garbage only then.
    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    private static int CountDescriptors() => Directory.Exists(DescriptorsOfThisProcess)
        ? Directory.GetFileSystemEntries(DescriptorsOfThisProcess).Length
        : 0;

    // A file that compaction has just deleted counts no more.
    private static long SizeOf(string directory) => Directory.Exists(directory)
        ? new DirectoryInfo(directory).EnumerateFiles().Where(file => file.Exists).Sum(file => file.Length)
        : 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At.TotalMinutes,5:F1} min: {Jobs,7} jobs, {Open,3} open, heap {Mega(HeapBytes)} MiB, working set "
        + $"{Mega(WorkingSet)} MiB, {Descriptors,3} descriptors, {Threads,3} threads, journal "
        + $"{Mega(DirectoryBytes)} MiB, processor {Processor.TotalSeconds,6:F1} s");

    private static string Mega(double bytes) =>
        (bytes / (1024 * 1024)).ToString("F2", CultureInfo.InvariantCulture).PadLeft(6);
}
