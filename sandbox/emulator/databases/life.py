"""Status of a database as a function of time: nothing has to run for it to change."""


class Life:
    """Phases with their ends, and what is due at some moment. Plain data, as moto copies databases field by field."""

    def __init__(self, last):
        self.phases = []
        self.last = last
        self.due = []

    def status(self, at):
        return next((status for status, end in self.phases if at < end), self.last)

    def phase_end(self, at):
        """When the present phase is over; None when it lasts."""
        return next((end for _, end in self.phases if at < end), None)

    def go(self, at, *steps, last="available"):
        """From `at` on the given (status, seconds) one after the other; gives when they are over."""
        self.phases, self.last = [], last
        for status, seconds in steps:
            at += seconds
            self.phases.append((status, at))
        return at

    def interrupt(self, at, status, seconds):
        """`status` for a while; afterwards what would be then."""
        end = at + seconds
        self.phases = [(status, end)] + [phase for phase in self.phases if phase[1] > end]
        return end

    def add(self, at, effect, **data):
        self.due = sorted([*self.due, (at, effect, data)], key=lambda entry: entry[0])

    def drop(self, effect):
        self.due = [entry for entry in self.due if entry[1] != effect]

    def take(self, at):
        """The next effect whose time has come, once."""
        if not self.due or self.due[0][0] > at:
            return None
        return self.due.pop(0)
