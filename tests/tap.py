# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest cases of a script and says how they went in TAP, which meson reads."""

import sys
import unittest


class _TapResult(unittest.TestResult):
    """A case is one line, however many of its parts fail; what went wrong is on standard error."""

    def __init__(self):
        super().__init__()
        self.n_problems = 0
        self.directive = ""

    def startTest(self, test):
        super().startTest(test)
        self.n_problems = 0
        self.directive = ""

    def stopTest(self, test):
        super().stopTest(test)
        name = test.id().removeprefix("__main__.")
        outcome = "not ok" if self.n_problems else "ok"
        print(f"{outcome} {self.testsRun} {name}{self.directive}", flush=True)

    def _explain(self, test, error):
        self.n_problems += 1
        print(self._exc_info_to_string(error, test), file=sys.stderr)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._explain(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._explain(test, error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.directive = f" # SKIP {reason}"

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._explain(subtest, error)


def main():
    """Runs the cases of the script that calls it, or those that its arguments name."""
    script = sys.modules["__main__"]
    loader = unittest.defaultTestLoader
    suite = (
        loader.loadTestsFromNames(sys.argv[1:], script)
        if sys.argv[1:]
        else loader.loadTestsFromModule(script)
    )
    result = _TapResult()
    print(f"1..{suite.countTestCases()}", flush=True)
    suite.run(result)
    sys.exit(not result.wasSuccessful())
