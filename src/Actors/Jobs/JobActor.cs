using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors;

/// <summary>
/// The supervisor of one job: takes its mail in batches, decides, makes it durable, and only then acts.
/// </summary>
/// <remarks>
/// A turn runs on one thread at a time. While an append is under way the actor takes no mail; when it is durable the
/// effects are carried out and the next batch is taken. If anything throws, the job starts anew from its journal.
/// </remarks>
internal sealed class JobActor : IWork
{
    /// <summary>After so many batches another job's supervisor gets the thread.</summary>
    private const int BatchesPerTurn = 64;

    /// <summary>So long may an attempt that counts as started wait on its thread for the appends of others.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(20);

    private readonly Mailbox _mailbox = new();
    private readonly JobAppend _append;
    private readonly Answers _answers = new();
    private bool _isAppending;
    private Exception? _stopped;

    public JobActor(JobRef job, JobSystem system, JobMachine machine)
    {
        Ref = job;
        System = system;
        Machine = machine;
        _append = new JobAppend(this, Step.Events, machine.State.Version);
        Effects = new EffectRunner(this, system.PoolsFor(job.Flow.Definition));
    }

    public JobSystem System { get; }
    public JobRef Ref { get; }
    public JobId Id => Ref.Id;
    public Flow Flow => Ref.Flow.Definition;
    public JobMachine Machine { get; }
    public JobStep Step { get; } = new();
    public JobState State => Machine.State;
    public long OutputBytes { get; set; }
    public EffectRunner Effects { get; }
    /// <summary>The time of the latest message.</summary>
    public DateTimeOffset Now { get; private set; }
    public JobAppend LastAppend => _append;

    public void Post(Message message)
    {
        if (_mailbox.Post(message)) System.Threads.Supervise(this);
    }

    /// <summary>Posts a caller's last message; true if the actor needs a turn: the caller may run it itself.</summary>
    public bool PostLast(Message message) => _mailbox.PostLast(message);

    /// <summary>Gives a new actor its first mail; whoever does so gives it its first turn.</summary>
    public void Prime(Message message)
    {
        message.At = System.Time.GetUtcNow();
        _mailbox.Post(message);
    }

    /// <summary>One turn: batch after batch until there is no mail, or the journal takes its time.</summary>
    public void Execute()
    {
        try
        {
            var waited = TimeSpan.Zero;
            for (var batch = 0; batch < BatchesPerTurn; batch++)
            {
                if (_isAppending) waited += AfterAppend();
                var mail = _mailbox.TakeAll();
                if (mail is null && _mailbox.TryIdle()) return;
                if (_stopped is not null) Message.RefuseAll(mail, _stopped);
                else if (mail is not null && waited > LongestWait && Worker.HasNext)
                {
                    _mailbox.PutBack(mail);
                    break;
                }
                else if (!TryDecide(mail)) return;
            }

            System.Threads.Supervise(this);
        }
        catch (Exception e)
        {
            Stop(e);
            System.HasStopped(this, e);
        }
    }

    // False if the journal takes its time: it sees to the actor's next turn.
    private bool TryDecide(Message? mail)
    {
        Decide(mail);
        _isAppending = true;
        return Step.Events.Count == 0 || _append.TryComplete(System.Journal);
    }

    private void Decide(Message? mail)
    {
        var hadEnded = State.Phase.HasEnded();
        OutputBytes = 0;
        while (mail is not null)
        {
            // A message is free to be posted again once it is delivered: its neighbour is read before.
            var next = mail.Next;
            _mailbox.PutBack(mail);
            if (mail.At > Now) Now = mail.At;
            mail.Deliver(this);
            _mailbox.PutBack(next);
            // Others hear of every end, also if it goes on behind it; and no two outputs at the limit in one write.
            if (State.Phase.HasEnded() != hadEnded || OutputBytes >= Limits.PayloadBytes) break;
            mail = next;
        }

        if (hadEnded && !State.Phase.HasEnded()) System.GoesOn(Ref);
        Effects.FillSlots();
    }

    public Rejection? Decide(JobCommand command) => Machine.Decide(command, Step);

    public void Start(int pool, int slots) => Machine.Start(Now, pool, slots, Step);

    public void AnswerLater(Ask ask) => _answers.Add(ask);

    // What was decided is durable: act on it.
    private TimeSpan AfterAppend()
    {
        _append.ThrowIfFailed();
        _isAppending = false;
        Effects.Run(Step.Effects);
        var news = Step.Events.Count > 0;
        Step.Clear();
        if (news) System.HasNews(this);
        _answers.Give();
        return news ? _append.Took : TimeSpan.Zero;
    }

    // Never on after a failure: what is in memory may be ahead of the journal.
    private void Stop(Exception error)
    {
        _stopped = error;
        _isAppending = false;
        Effects.GiveUp(Step.Effects);
        _answers.Refuse(error);
        System.Threads.Supervise(this);
    }
}
