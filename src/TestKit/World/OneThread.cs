namespace ActorFlow.TestKit;

/// <summary>
/// Runs work so that whoever awaits goes on where he was answered: on this thread, in the order of the world, and not
/// in that of a test framework.
/// </summary>
internal static class OneThread
{
    public static T Run<T>(Func<T> work)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
