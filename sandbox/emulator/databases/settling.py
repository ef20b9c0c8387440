"""Nobody sees a database as it was: what has fallen due is done before the list of databases is looked at."""

import threading
import traceback

import clock
from databases.life import Life

LOCK = threading.RLock()
_is_settling = False

# Name of an effect -> what it does with (backend, database, at, **data). The modules that plan effects put them here.
EFFECTS = {}


def settle(backend, databases):
    """In the order in which things fell due: what an effect itself looks at must not bring the next one forward."""
    global _is_settling
    with LOCK:
        if _is_settling:
            return
        _is_settling = True
        try:
            for database in list(databases.values()):
                while entry := database.life.take(clock.now()):
                    run(backend, database, *entry)
        finally:
            _is_settling = False


def run(backend, database, at, effect, data):
    """What goes wrong here is nobody's request: it is logged, and the caller still hears of the databases."""
    try:
        EFFECTS[effect](backend, database, at, **data)
    except Exception:  # noqa: BLE001
        traceback.print_exc()


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

    DBInstance.status = property(status, set_status)
    for name in ("databases", "database_snapshots"):
        setattr(RDSBackend, name, settled(name))


def settled(name):
    """A dictionary of the backend that is up to date whenever somebody looks at it."""

    def read(self):
        settle(self, self.__dict__["databases"])
        return self.__dict__[name]

    def write(self, known):
        self.__dict__[name] = known

    return property(read, write)
