namespace ActorFlow.Actors;

/// <summary>
/// Something for a job actor to take in its turn; a node of its mailbox, so that posting allocates nothing.
/// </summary>
internal abstract class Message
{
    internal Message? Next;

    /// <summary>When it was posted, as the machine's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Hands it to the actor, in the actor's turn.</summary>
    public abstract void Deliver(JobActor job);

    /// <summary>The actor has stopped and will never take it.</summary>
    public virtual void Refuse(Exception error) { }

    /// <summary>Refuses a list of messages.</summary>
    public static void RefuseAll(Message? first, Exception error)
    {
        while (first is not null)
        {
            var next = first.Next;
            first.Refuse(error);
            first = next;
        }
    }
}

/// <summary>Messages from any thread to one actor, in order; a lock-free list that is taken whole.</summary>
/// <remarks>Whoever posts to an idle mailbox must see to it that the actor gets a turn.</remarks>
internal sealed class Mailbox
{
    private static readonly Message Idle = new Bell();
    private Message? _newest = Idle;
    private Message? _front;

    /// <summary>Adds a message.</summary>
    /// <returns>Whether the actor was idle and needs a turn.</returns>
    public bool Post(Message message)
    {
        var newest = Volatile.Read(ref _newest);
        while (true)
        {
            message.Next = ReferenceEquals(newest, Idle) ? null : newest;
            var seen = Interlocked.CompareExchange(ref _newest, message, newest);
            if (ReferenceEquals(seen, newest)) return ReferenceEquals(seen, Idle);
            newest = seen;
        }
    }

    /// <summary>Adds a caller's last message; the mailbox of an idle actor needs no list for it.</summary>
    /// <returns>Whether the actor was idle and needs a turn.</returns>
    public bool PostLast(Message message)
    {
        if (!TryBegin()) return Post(message);
        message.Next = null;
        _front = message;
        return true;
    }

    private bool TryBegin() =>
        ReferenceEquals(Volatile.Read(ref _newest), Idle)
        && ReferenceEquals(Interlocked.CompareExchange(ref _newest, null, Idle), Idle);

    /// <summary>What the actor has taken and not delivered yet comes first the next time; in its turn only.</summary>
    public void PutBack(Message? mail) => _front = mail;

    /// <summary>Takes all messages, oldest first; null if there are none. In the actor's turn only.</summary>
    public Message? TakeAll()
    {
        if (_front is not { } front) return TakePosted();
        _front = null;
        // What was posted meanwhile goes into the same append.
        front.Next ??= TakePosted();
        return front;
    }

    private Message? TakePosted()
    {
        if (Volatile.Read(ref _newest) is null) return null;
        var newest = Interlocked.Exchange(ref _newest, null);
        if (ReferenceEquals(newest, Idle)) return null;
        Message? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    /// <summary>Goes idle unless something was posted meanwhile.</summary>
    public bool TryIdle() => Interlocked.CompareExchange(ref _newest, Idle, null) is null;

    private sealed class Bell : Message
    {
        public override void Deliver(JobActor job) { }
    }
}
