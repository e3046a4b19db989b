namespace ActorFlow;

/// <summary>A report in Portuguese.</summary>
internal sealed partial record ReportTerms
{
    private static ReportTerms Portuguese { get; } = new()
    {
        Job = "Trabalho",
        Task = "Tarefa",
        Tasks = "Tarefas",
        Status = "Estado",
        Attempts = "Tentativas",
        Attempt = "tentativa",
        ForkOf = "Derivado de",
        FlowReplaced = "Fluxo substituído",
        Started = "Início",
        Ended = "Fim",
        Elapsed = "Duração",
        Why = "Motivo",
        Output = "Saída",
        Errors = "Erros",
        Impact = "Ignoradas por sua causa",
        Inputs = "Entradas",
        Traces = "Valores registrados",
        StackTrace = "Pilha de chamadas",
        CriticalPath = "Caminho crítico",
        Markers = "Marcadores",
        KeptFiles = "Arquivos mantidos",
        More = "Tarefas não mostradas",
        Lost = "perdidas",
        Steps = "passos",
        KeptResult = "mantido",
        SharedFrom = "partilhado de",
        FromCache = "da cache",
        UpToDate = "atualizado",
        Because = "por causa de",
        FailuresOf = "Falhas de",
        IsPaused = "o trabalho está em pausa",
        TaskPhases =
        [
            "em espera", "pronta", "em execução", "parando", "aguardando nova tentativa", "retida", "concluída",
            "com falha", "ignorada", "cancelada", "expandida",
        ],
        JobPhases =
        [
            "em execução", "em pausa", "parando", "concluído", "com falha", "cancelado", "tempo esgotado",
        ],
        Standings = ["", "retido", "interrompido", "inacabado"],
        Reasons =
        [
            "nada fora do normal",
            "as tarefas anteriores não terminaram",
            "não há vagas livres no seu grupo",
            "a tentativa lançou uma exceção",
            "a tentativa esgotou o seu tempo",
            "nenhum sinal de vida chegou a tempo",
            "o processo morreu durante a tentativa",
            "esperou demais para começar",
            "todas as tentativas juntas demoraram demais",
            "a sua política não repete esta falha",
            "as suas tentativas se esgotaram",
            "a próxima tentativa excederia o seu orçamento",
            "tentativas demais foram perdidas em quedas",
            "uma regra de supervisão decidiu assim",
            "uma tarefa anterior de que precisa não foi concluída",
            "só corre se uma tarefa anterior falhar, e nenhuma falhou",
            "o trabalho foi cancelado",
            "o trabalho esgotou o seu tempo",
            "outra tarefa falhou, e isso para as demais",
            "alguém pediu para repetir o que falhou",
            "um operador decidiu assim",
            "não parou dentro do prazo de tolerância",
            "tarefas que tinha acrescentado falharam",
            "a sua condição não se verificou",
            "a tarefa que a tinha acrescentado terminou",
            "das tarefas adicionadas com esta não correm mais ao mesmo tempo",
        ],
    };
}
