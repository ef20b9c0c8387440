"""The side doors of the cloud: `POST /slipway/<name>` with JSON, for the sandbox itself and not for AWS clients.

Each door is a function of the body; what it gives is the answer. What it raises is answered with 400 and
{"error": message}, and "code" when a service of AWS would refuse it by that name.
"""

import json

from moto.core.exceptions import ServiceException
from werkzeug.wrappers import Request, Response

import clock
import seeds
from doors import balancers, certificate, images, lists, zones

PREFIX = "/slipway/"

DOORS = {
    # Makes exist what a configuration only refers to; see seeds.py.
    "seed": lambda body: {"made": seeds.make(body)},
    # How the sandbox's time goes from now on; see clock.py.
    "clock": clock.follow,
    # A key and a certificate for a listener; see certificate.py.
    "certificate": certificate.make,
    # All that routing needs to know of load balancers; see balancers.py.
    "balancers": balancers.tell,
    # Puts an image into a registry; see images.py.
    "image": images.push,
    # What name servers answer from; see zones.py.
    "zones": zones.tell,
    # What is measured; see lists.py.
    "databases": lists.databases,
    "queues": lists.queues,
    "metric-filters": lists.metric_filters,
}


def with_doors(cloud):
    """The doors, and the cloud behind them for everything else."""

    def application(environ, start_response):
        path = environ.get("PATH_INFO", "")
        door = DOORS.get(path[len(PREFIX) :]) if path.startswith(PREFIX) else None
        if door is None:
            return cloud(environ, start_response)
        try:
            answer, status = door(json.loads(Request(environ).get_data() or b"{}")), 200
        except ServiceException as error:
            answer, status = {"code": error.code, "error": error.message}, 400
        except Exception as error:  # noqa: BLE001  (whatever it is, the caller must see it)
            answer, status = {"error": repr(error)}, 400
        response = Response(json.dumps(answer), status=status, mimetype="application/json")
        return response(environ, start_response)

    return application
