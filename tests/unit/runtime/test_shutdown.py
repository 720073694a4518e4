"""A signal sets a flag, and who waits wakes at once."""

import signal
import time

from runtime.shutdown import Shutdown


def test_a_signal_asks_for_the_end():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        shutdown = Shutdown().install()
        assert not shutdown.requested
        signal.raise_signal(signal.SIGTERM)
        assert shutdown.requested
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_who_waits_wakes_at_once():
    shutdown = Shutdown()
    shutdown.request()
    started_s = time.monotonic()
    assert shutdown.wait(30)
    assert time.monotonic() - started_s < 1


def test_nobody_asked():
    assert not Shutdown().wait(0)
