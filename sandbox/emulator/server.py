"""The cloud of the sandbox: moto's server on a free port of 127.0.0.1, and a door to make things exist by exact id.

Prints one line of JSON ({"port": ...}) when it listens. Ends when its standard input ends, so that it never outlives
the supervisor that holds the other end.
"""

import json
import os
import sys
import threading

# Attaching an AWS managed policy is refused unless moto knows them; read when the IAM backend is first used.
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
# The table of machine images is large and nobody here starts an instance.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")

from moto.moto_server.werkzeug_app import (  # noqa: E402  (the settings above are read on import)
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402

import clock  # noqa: E402

clock.install()  # before anything loads a service

import repairs  # noqa: E402
from doors import with_doors  # noqa: E402

# Loading a service takes up to a second and the engine asks for all of them at once: these are loaded beforehand.
PRELOADED = (
    "sts", "ec2", "iam", "elasticloadbalancing", "ecs", "rds", "logs", "monitoring", "secretsmanager", "sns", "acm", "s3",
)  # fmt: skip


class QuietHandler(MotoRequestHandler):
    """Keeps connections open and leaves the log to errors."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        pass


def preload(dispatcher):
    for service in PRELOADED:
        credential = f"AWS4-HMAC-SHA256 Credential=SANDBOX/20200101/us-east-1/{service}/aws4_request, SignedHeaders=host"
        dispatcher.get_application({"PATH_INFO": "/", "HTTP_AUTHORIZATION": credential, "HTTP_HOST": "127.0.0.1"})


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    # Before the first call: an answer that is mended later would look like drift.
    repairs.apply()
    dispatcher = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, with_doors(dispatcher), threaded=True, request_handler=QuietHandler)
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=preload, args=(dispatcher,), daemon=True).start()
    print(json.dumps({"port": server.port}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
