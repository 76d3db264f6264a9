"""What every process under the supervisor does: end when the supervisor is gone, however it went."""

import os
import signal
import threading


def end_with(lifeline: int) -> None:
    """Send ourselves SIGTERM when the other end of a pipe is closed; only the supervisor holds it."""

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
