"""Nobody sees a database as it was: what has fallen due is done before the list of databases is looked at."""

import threading

import clock
from databases.life import Life

LOCK = threading.RLock()

# Name of an effect -> what it does with (backend, database, at, **data). The modules that plan effects put them here.
EFFECTS = {}


def settle(backend, databases):
    with LOCK:
        for database in list(databases.values()):
            while entry := database.life.take(clock.now()):
                at, effect, data = entry
                EFFECTS[effect](backend, database, at, **data)


def tell_events(backend, database, at, event):
    backend.add_event(event, database)
    backend.events[-1].date = clock.utc(at)


EFFECTS["event"] = tell_events


def give_life():
    """Databases are `available` the moment they are asked for, and stay so."""
    from moto.rds.models import DBInstance, RDSBackend

    def status(self):
        return self.life.status(clock.now())

    def set_status(self, value):
        self.life = Life(value)

    def databases(self):
        known = self.__dict__["databases"]
        settle(self, known)
        return known

    def set_databases(self, known):
        self.__dict__["databases"] = known

    DBInstance.status = property(status, set_status)
    RDSBackend.databases = property(databases, set_databases)
