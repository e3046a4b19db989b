using System.Linq.Expressions;

namespace ActorFlow;

/// <content>Several sources as one value.</content>
public static partial class Source
{
    /// <summary>Several sources as one value: for task classes, whose input is one object.</summary>
    /// <param name="s1">The first source.</param>
    /// <param name="s2">The second source.</param>
    /// <param name="combine">
    /// Makes the value, as in <c>(words, lines) =&gt; new Counts(words, lines)</c>. Parameters are named in the
    /// definition after the constructor's parameters or the properties that they go to, if all of them go straight
    /// there; else after the lambda's own.
    /// </param>
    public static Source<T> Join<T1, T2, T>(
        Source<T1> s1, Source<T2> s2,
        Expression<Func<T1, T2, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2);
            return call => run(r1(call), r2(call));
        });

    /// <inheritdoc cref="Join{T1, T2, T}(Source{T1}, Source{T2}, Expression{Func{T1, T2, T}})"/>
    public static Source<T> Join<T1, T2, T3, T>(
        Source<T1> s1, Source<T2> s2, Source<T3> s3,
        Expression<Func<T1, T2, T3, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T3, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2).Add(s3, out var r3);
            return call => run(r1(call), r2(call), r3(call));
        });

    /// <inheritdoc cref="Join{T1, T2, T}(Source{T1}, Source{T2}, Expression{Func{T1, T2, T}})"/>
    public static Source<T> Join<T1, T2, T3, T4, T>(
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Expression<Func<T1, T2, T3, T4, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T3, T4, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2).Add(s3, out var r3).Add(s4, out var r4);
            return call => run(r1(call), r2(call), r3(call), r4(call));
        });

    /// <inheritdoc cref="Join{T1, T2, T}(Source{T1}, Source{T2}, Expression{Func{T1, T2, T}})"/>
    public static Source<T> Join<T1, T2, T3, T4, T5, T>(
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5,
        Expression<Func<T1, T2, T3, T4, T5, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T3, T4, T5, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2).Add(s3, out var r3).Add(s4, out var r4)
                .Add(s5, out var r5);
            return call => run(r1(call), r2(call), r3(call), r4(call), r5(call));
        });

    /// <inheritdoc cref="Join{T1, T2, T}(Source{T1}, Source{T2}, Expression{Func{T1, T2, T}})"/>
    public static Source<T> Join<T1, T2, T3, T4, T5, T6, T>(
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6,
        Expression<Func<T1, T2, T3, T4, T5, T6, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T3, T4, T5, T6, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2).Add(s3, out var r3).Add(s4, out var r4)
                .Add(s5, out var r5).Add(s6, out var r6);
            return call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call));
        });

    /// <inheritdoc cref="Join{T1, T2, T}(Source{T1}, Source{T2}, Expression{Func{T1, T2, T}})"/>
    public static Source<T> Join<T1, T2, T3, T4, T5, T6, T7, T>(
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6, Source<T7> s7,
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T3, T4, T5, T6, T7, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2).Add(s3, out var r3).Add(s4, out var r4)
                .Add(s5, out var r5).Add(s6, out var r6).Add(s7, out var r7);
            return call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call));
        });

    /// <inheritdoc cref="Join{T1, T2, T}(Source{T1}, Source{T2}, Expression{Func{T1, T2, T}})"/>
    public static Source<T> Join<T1, T2, T3, T4, T5, T6, T7, T8, T>(
        Source<T1> s1, Source<T2> s2, Source<T3> s3, Source<T4> s4,
        Source<T5> s5, Source<T6> s6, Source<T7> s7, Source<T8> s8,
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, T8, T>> combine) =>
        new JoinedSource<T, Func<T1, T2, T3, T4, T5, T6, T7, T8, T>>(combine, (join, run) =>
        {
            join.Add(s1, out var r1).Add(s2, out var r2).Add(s3, out var r3).Add(s4, out var r4)
                .Add(s5, out var r5).Add(s6, out var r6).Add(s7, out var r7).Add(s8, out var r8);
            return call => run(r1(call), r2(call), r3(call), r4(call), r5(call), r6(call), r7(call), r8(call));
        });
}
