"""What moto 5.2.5 answers wrongly, or not at all, where AWS answers. One function each; the docstring says what is wrong.

They are put into moto's own classes, so that every caller, the AWS command line included, sees one cloud.
"""

import databases as life_of_databases
from repairs import balancers, databases, ecs, listeners, logs, network, queues, registry, secrets, zones

SERVICES = (balancers, databases, life_of_databases, ecs, listeners, logs, network, queues, registry, secrets, zones)


def apply():
    for service in SERVICES:
        for repair in service.REPAIRS:
            repair()
