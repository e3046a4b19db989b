namespace ActorFlow;

/// <summary>A report in Spanish.</summary>
internal sealed partial record ReportTerms
{
    private static ReportTerms Spanish { get; } = new()
    {
        Job = "Trabajo",
        Task = "Tarea",
        Tasks = "Tareas",
        Status = "Estado",
        Attempts = "Intentos",
        Attempt = "intento",
        ForkOf = "Derivado de",
        FlowReplaced = "Flujo reemplazado",
        Started = "Inicio",
        Ended = "Fin",
        Elapsed = "Duración",
        Why = "Motivo",
        Output = "Salida",
        Errors = "Errores",
        Impact = "Omitidas por su causa",
        Inputs = "Entradas",
        Traces = "Valores registrados",
        StackTrace = "Pila de llamadas",
        CriticalPath = "Camino crítico",
        Markers = "Marcadores",
        KeptFiles = "Archivos conservados",
        More = "Tareas no mostradas",
        Lost = "perdidos",
        Steps = "pasos",
        KeptResult = "conservado",
        SharedFrom = "compartido de",
        FromCache = "de la caché",
        UpToDate = "al día",
        Because = "a causa de",
        FailuresOf = "Fallos de",
        IsPaused = "el trabajo está en pausa",
        TaskPhases =
        [
            "en espera", "lista", "en ejecución", "deteniéndose", "esperando reintento", "retenida", "correcta",
            "fallida", "omitida", "cancelada", "ampliada",
        ],
        JobPhases =
        [
            "en ejecución", "en pausa", "deteniéndose", "correcto", "fallido", "cancelado", "tiempo agotado",
        ],
        Standings = ["", "retenido", "interrumpido", "sin terminar"],
        Reasons =
        [
            "nada fuera de lo normal",
            "las tareas previas no han terminado",
            "no hay plazas libres en su grupo",
            "el intento lanzó una excepción",
            "el intento agotó su tiempo",
            "no llegó señal de vida a tiempo",
            "el proceso murió durante el intento",
            "esperó demasiado para empezar",
            "todos los intentos juntos tardaron demasiado",
            "su política no reintenta este fallo",
            "sus intentos se agotaron",
            "el siguiente intento excedería su presupuesto de reintentos",
            "se perdieron demasiados intentos por caídas",
            "lo decidió una regla de supervisión",
            "una tarea previa que necesita no terminó bien",
            "se ejecuta si falla una tarea previa, y ninguna falló",
            "el trabajo fue cancelado",
            "el trabajo agotó su tiempo",
            "falló otra tarea, y eso detiene las demás",
            "alguien pidió reintentar lo fallido",
            "lo decidió un operador",
            "no se detuvo en el plazo de gracia",
            "fallaron tareas que había añadido",
            "su condición no se cumplía",
            "terminó la tarea que la había añadido",
            "de las tareas añadidas con esta no se ejecutan más a la vez",
        ],
    };
}
