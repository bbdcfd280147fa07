"""The exception for a request that is not served."""


class Refused(Exception):
    """A request is not served: the HTTP status and the key of the sentence that says why."""

    def __init__(self, status: int, key: str, *, retry_after: float | None = None, **args: str | int) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.words = args
        self.retry_after = retry_after
