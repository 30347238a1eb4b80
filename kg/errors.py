"""What isn't about data: a wrong command line, or an environment that won't let kg work."""


class KgError(Exception):
    """One sentence that says what to do; the command line shows it alone and leaves with `exit_code`."""

    exit_code = 3

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(KgError):
    """A wrong option, argument, setting or query."""

    exit_code = 2
