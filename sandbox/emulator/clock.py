"""The sandbox's clock, as the process that holds this one tells it: every date that moto tells comes from it.

`install` must be called before moto's services are loaded: most of them take `utcnow` into their own names. What
belongs to the transport (the Date header, the life of a TLS certificate) stays on real time.
"""

import datetime
import importlib
import time
import types

real_time = time.time


class Mapping:
    """`speed` seconds pass in the sandbox for each real one since `real_at`, when it was `sandbox_at` there."""

    def __init__(self, sandbox_at, real_at, speed):
        self.sandbox_at, self.real_at, self.speed = sandbox_at, real_at, speed

    def time(self):
        return self.sandbox_at + (real_time() - self.real_at) * self.speed


# Real time until the other process says otherwise.
_mapping = Mapping(0.0, 0.0, 1.0)


def now():
    """Seconds since 1970 on the sandbox's clock."""
    return _mapping.time()


def utc(seconds_since_1970):
    """As moto keeps moments: without a zone."""
    return datetime.datetime.fromtimestamp(seconds_since_1970, datetime.timezone.utc).replace(tzinfo=None)


def utcnow():
    return utc(now())


def follow(body):
    """`POST /slipway/clock {"sandboxAt": ISO, "realAt": ISO, "speed": 20}`; a speed of 0 stops it."""
    global _mapping
    speed = float(body["speed"])
    if not 0 <= speed < float("inf"):
        raise ValueError(f"speed {speed}")
    _mapping = Mapping(seconds(body["sandboxAt"]), seconds(body["realAt"]), speed)
    return {"now": utcnow().isoformat(timespec="milliseconds") + "Z"}


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class _AnyDatetime(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, datetime.datetime)


class SandboxDatetime(datetime.datetime, metaclass=_AnyDatetime):
    """Stands in for `datetime` in the modules that ask it for the time."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(now(), tz)

    @classmethod
    def utcnow(cls):
        return utcnow()


# TABLE of the modules that read the clock past moto.core.utils, and by which name.
PAST_UTILS = {
    "moto.ecr.models": {"datetime": SandboxDatetime},
    "moto.cloudwatch.models": {"datetime": SandboxDatetime},
    "moto.s3.models": {"datetime": types.SimpleNamespace(**{**vars(datetime), "datetime": SandboxDatetime})},
    "moto.secretsmanager.models": {"time": types.SimpleNamespace(**{**vars(time), "time": now})},
    "moto.applicationautoscaling.models": {"time": types.SimpleNamespace(**{**vars(time), "time": now})},
}


def install():
    utils = importlib.import_module("moto.core.utils")
    utils.utcnow = utcnow
    for module, names in PAST_UTILS.items():
        vars(importlib.import_module(module)).update(names)
