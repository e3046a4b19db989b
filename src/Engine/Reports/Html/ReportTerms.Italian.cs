namespace ActorFlow;

/// <summary>A report in Italian.</summary>
internal sealed partial record ReportTerms
{
    private static ReportTerms Italian { get; } = new()
    {
        Job = "Lavoro",
        Task = "Attività",
        Tasks = "Attività",
        Status = "Stato",
        Attempts = "Tentativi",
        Attempt = "tentativo",
        ForkOf = "Derivato da",
        FlowReplaced = "Flusso sostituito",
        Started = "Inizio",
        Ended = "Fine",
        Elapsed = "Durata",
        Why = "Motivo",
        Output = "Risultato",
        Errors = "Errori",
        Impact = "Saltate a causa sua",
        Inputs = "Ingressi",
        Traces = "Valori annotati",
        StackTrace = "Pila delle chiamate",
        CriticalPath = "Percorso critico",
        Markers = "Annotazioni",
        KeptFiles = "File conservati",
        More = "Attività non mostrate",
        Lost = "persi",
        Steps = "passi",
        KeptResult = "mantenuto",
        SharedFrom = "condiviso da",
        FromCache = "dalla cache",
        UpToDate = "aggiornato",
        Because = "a causa di",
        FailuresOf = "Errori di",
        IsPaused = "il lavoro è in pausa",
        TaskPhases =
        [
            "in attesa", "pronta", "in corso", "in arresto", "in attesa di nuovo tentativo", "trattenuta", "riuscita",
            "fallita", "saltata", "annullata", "estesa",
        ],
        JobPhases =
        [
            "in corso", "in pausa", "in arresto", "riuscito", "fallito", "annullato", "tempo scaduto",
        ],
        Standings = ["", "trattenuto", "interrotto", "non concluso"],
        Reasons =
        [
            "niente di insolito",
            "le attività a monte non sono terminate",
            "nel suo gruppo non ci sono posti liberi",
            "il tentativo ha sollevato un’eccezione",
            "il tentativo ha esaurito il suo tempo",
            "nessun segno di vita è arrivato in tempo",
            "il processo è morto durante il tentativo",
            "ha atteso troppo prima di iniziare",
            "tutti i tentativi insieme sono durati troppo",
            "la sua politica non ripete questo errore",
            "i suoi tentativi sono esauriti",
            "il prossimo tentativo supererebbe il suo limite",
            "troppi tentativi sono andati persi per arresti anomali",
            "lo ha deciso una regola di supervisione",
            "un’attività a monte di cui ha bisogno non è riuscita",
            "si esegue se un’attività a monte fallisce, e nessuna è fallita",
            "il lavoro è stato annullato",
            "il lavoro ha esaurito il suo tempo",
            "un’altra attività è fallita, e questo ferma le altre",
            "qualcuno ha chiesto di ripetere ciò che è fallito",
            "lo ha deciso un operatore",
            "non si è fermata entro il tempo concesso",
            "attività che aveva aggiunto sono fallite",
            "la sua condizione non era soddisfatta",
            "l’attività che l’aveva aggiunta è terminata",
            "delle attività aggiunte con questa non ne girano altre insieme",
        ],
    };
}
