"""The steps of a ground station that is a test: each is tried, told with the time it took, and counted.

Never: goes on after a step that others stand on has failed.
"""

import sys
import time


class Steps:
    def __init__(self):
        self.failed = 0
        self.done = 0

    def check(self, name, holds, shown=""):
        """Tells whether something is so."""
        self.done += 1
        self.failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {name}{': ' + str(shown) if shown != '' else ''}", flush=True)
        return holds

    def need(self, name, does):
        """Does something that the rest stands on, and gives back what came of it; an exception ends the test."""
        began = time.monotonic()
        try:
            result = does()
        except Exception as error:
            self.check(name, False, f"{type(error).__name__}: {error}")
            self.end()
        self.check(name, True, f"{time.monotonic() - began:.2f} s")
        return result

    def wait(self, name, holds, seconds):
        """Waits until something is so; if it does not come, the test is over."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if holds():
                return self.check(name, True, f"after {time.monotonic() - began:.2f} s")
            time.sleep(0.02)
        self.check(name, False, f"not within {seconds} s")
        self.end()

    def end(self):
        """Says how it went, by the exit code too."""
        print(f"{self.done} steps, {self.failed} failed", flush=True)
        sys.stdout.flush()
        sys.exit(1 if self.failed or not self.done else 0)
