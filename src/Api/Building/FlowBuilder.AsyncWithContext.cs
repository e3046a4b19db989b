namespace ActorFlow;

/// <content>Functions that give their result later, and use the context of the attempt.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<TOut>(string name, Func<TaskContext, Task<TOut>> run) =>
        Begin(name, run, 0).Async(call => run(call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T, TOut>(string name, Source<T> source, Func<T, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 1).Bind(source, out var read).Async(call => run(read(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, TOut>(
        string name, Source<T1> s1, Source<T2> s2, Func<T1, T2, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 2).Bind(s1, out var r1).Bind(s2, out var r2)
            .Async(call => run(r1(call), r2(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, TOut>(
        string name, Source<T1> s1, Source<T2> s2, Source<T3> s3, Func<T1, T2, T3, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 3).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3)
            .Async(call => run(r1(call), r2(call), r3(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Func<T1, T2, T3, T4, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 4).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5,
        Func<T1, T2, T3, T4, T5, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 5).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, T6, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6,
        Func<T1, T2, T3, T4, T5, T6, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 6).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, T6, T7, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6, Source<T7> s7,
        Func<T1, T2, T3, T4, T5, T6, T7, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 7).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<TOut> Task<T1, T2, T3, T4, T5, T6, T7, T8, TOut>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6, Source<T7> s7, Source<T8> s8,
        Func<T1, T2, T3, T4, T5, T6, T7, T8, TaskContext, Task<TOut>> run) =>
        Begin(name, run, 8).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7).Bind(s8, out var r8)
            .Async(call => run(
                r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), r8(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task(string name, Func<TaskContext, Task> run) =>
        Begin(name, run, 0).Async(call => run(call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T>(string name, Source<T> source, Func<T, TaskContext, Task> run) =>
        Begin(name, run, 1).Bind(source, out var read).Async(call => run(read(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2>(
        string name, Source<T1> s1, Source<T2> s2, Func<T1, T2, TaskContext, Task> run) =>
        Begin(name, run, 2).Bind(s1, out var r1).Bind(s2, out var r2)
            .Async(call => run(r1(call), r2(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3>(
        string name, Source<T1> s1, Source<T2> s2, Source<T3> s3, Func<T1, T2, T3, TaskContext, Task> run) =>
        Begin(name, run, 3).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3)
            .Async(call => run(r1(call), r2(call), r3(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Func<T1, T2, T3, T4, TaskContext, Task> run) =>
        Begin(name, run, 4).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5,
        Func<T1, T2, T3, T4, T5, TaskContext, Task> run) =>
        Begin(name, run, 5).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5, T6>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6,
        Func<T1, T2, T3, T4, T5, T6, TaskContext, Task> run) =>
        Begin(name, run, 6).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5, T6, T7>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4, Source<T5> s5, Source<T6> s6, Source<T7> s7,
        Func<T1, T2, T3, T4, T5, T6, T7, TaskContext, Task> run) =>
        Begin(name, run, 7).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7)
            .Async(call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), call.Context));

    /// <inheritdoc cref="Task{T1, T2, TOut}(string, Source{T1}, Source{T2}, Func{T1, T2, TOut})"/>
    public TaskHandle<Nothing> Task<T1, T2, T3, T4, T5, T6, T7, T8>(
        string name,
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6, Source<T7> s7, Source<T8> s8,
        Func<T1, T2, T3, T4, T5, T6, T7, T8, TaskContext, Task> run) =>
        Begin(name, run, 8).Bind(s1, out var r1).Bind(s2, out var r2).Bind(s3, out var r3).Bind(s4, out var r4)
            .Bind(s5, out var r5).Bind(s6, out var r6).Bind(s7, out var r7).Bind(s8, out var r8)
            .Async(call => run(
                r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), r8(call), call.Context));
}
