namespace ActorFlow;

/// <content>Functions that give their result at once.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<TOut>(string name, Func<TOut> run) =>
        Begin(name, run, 0).Sync(call => run());

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T, TOut>(string name, Source<T> source, Func<T, TOut> run) =>
        Begin(name, run, 1).Bind(source, out var read).Sync(call => run(read(call)));

    /// <summary>Adds a task that runs a function with one parameter for each source.</summary>
    /// <remarks>
    /// The function may return a value, nothing, or a task of either; after the parameters for the sources it may have
    /// one more: a <see cref="CancellationToken"/> that is cancelled when the attempt is to stop, or a
    /// <see cref="TaskContext"/>. All attempts of all jobs run it, at the same time too.
    /// </remarks>
    /// <param name="name">The task's name: 1 to 200 characters, no white space, no control characters.</param>
    /// <param name="s1">Where the first parameter gets its value.</param>
    /// <param name="s2">Where the second parameter gets its value.</param>
    /// <param name="run">What the task runs. It fails by throwing.</param>
    public TaskHandle<TOut> Task<T1, T2, TOut>(string name, Source<T1> s1, Source<T2> s2, Func<T1, T2, TOut> run) =>
        Begin(name, run, 2).Bind(s1, out var r1).Bind(s2, out var r2).Sync(call => run(r1(call), r2(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, TOut>(
        string name, Source<T1> s1, Source<T2> s2, Source<T3> s3, Func<T1, T2, T3, TOut> run) =>
        Begin(name, run, 3).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3)
            .Sync(call => run(r1(call), r2(call), r3(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, TOut>(
        string name, Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Func<T1, T2, T3, T4, TOut> run) =>
        Begin(name, run, 4).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5,
        Func<T1, T2, T3, T4, T5, TOut> run) =>
        Begin(name, run, 5).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, T6, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6,
        Func<T1, T2, T3, T4, T5, T6, TOut> run) =>
        Begin(name, run, 6).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, T6, T7, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6, Source<T7> s7,
        Func<T1, T2, T3, T4, T5, T6, T7, TOut> run) =>
        Begin(name, run, 7).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, T6, T7, T8, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6, Source<T7> s7, Source<T8> s8,
        Func<T1, T2, T3, T4, T5, T6, T7, T8, TOut> run) =>
        Begin(name, run, 8).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7).Bind(s8, out var r8)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), r8(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task(string name, Action run) =>
        Begin(name, run, 0).Sync(call => run());

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T>(string name, Source<T> source, Action<T> run) =>
        Begin(name, run, 1).Bind(source, out var read).Sync(call => run(read(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2>(string name, Source<T1> s1, Source<T2> s2, Action<T1, T2> run) =>
        Begin(name, run, 2).Bind(s1, out var r1).Bind(s2, out var r2).Sync(call => run(r1(call), r2(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3>(
        string name, Source<T1> s1, Source<T2> s2, Source<T3> s3, Action<T1, T2, T3> run) =>
        Begin(name, run, 3).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3)
            .Sync(call => run(r1(call), r2(call), r3(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4>(
        string name, Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Action<T1, T2, T3, T4> run) =>
        Begin(name, run, 4).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5,
        Action<T1, T2, T3, T4, T5> run) =>
        Begin(name, run, 5).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5, T6>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6,
        Action<T1, T2, T3, T4, T5, T6> run) =>
        Begin(name, run, 6).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5, T6, T7>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6, Source<T7> s7,
        Action<T1, T2, T3, T4, T5, T6, T7> run) =>
        Begin(name, run, 7).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call)));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5, T6, T7, T8>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6, Source<T7> s7, Source<T8> s8,
        Action<T1, T2, T3, T4, T5, T6, T7, T8> run) =>
        Begin(name, run, 8).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7).Bind(s8, out var r8)
            .Sync(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), r8(call)));
}
