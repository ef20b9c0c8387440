"""What the measuring of things needs to know of them. Body of each: {} for everything, or {"account", "region"}.

databases       {"Databases": [{"Account", "Region", "DBInstanceIdentifier", "DBInstanceStatus", "DBInstanceClass",
                "Engine", "AllocatedStorage": 20, "MultiAZ": false, "Endpoint": {"Address", "Port"} or null}]}
queues          {"Queues": [{"Account", "Region", "QueueName", "QueueArn", "Visible": 3, "NotVisible": 0, "Delayed": 0,
                "AgeOfOldestMessage": 12.5}]}: seconds of the sandbox's time, 0 for an empty queue
metric-filters  {"MetricFilters": [{"Account", "Region", "filterName", "filterPattern", "logGroupName",
                "metricTransformations": [...]}]}: as in DescribeMetricFilters
"""

import clock
from doors.scopes import backends


def databases(body):
    found = []
    for account, region, backend in backends("rds", body):
        for database in list(backend.databases.values()):
            found.append(
                {
                    "Account": account,
                    "Region": region,
                    "DBInstanceIdentifier": database.db_instance_identifier,
                    "DBInstanceStatus": database.status,
                    "DBInstanceClass": database.db_instance_class,
                    "Engine": database.engine,
                    "AllocatedStorage": int(database.allocated_storage or 0),
                    "MultiAZ": bool(database.multi_az),
                    "Endpoint": database.endpoint,
                }
            )
    return {"Databases": found}


def queues(body):
    found = []
    for account, region, backend in backends("sqs", body):
        for queue in list(backend.queues.values()):
            messages = list(queue._messages)
            oldest = min((message.sent_timestamp for message in messages), default=None)
            hidden = [message for message in messages if not message.visible]
            delayed = [message for message in messages if message.delayed]
            found.append(
                {
                    "Account": account,
                    "Region": region,
                    "QueueName": queue.name,
                    "QueueArn": queue.queue_arn,
                    "Visible": len(messages) - len({*map(id, hidden), *map(id, delayed)}),
                    "NotVisible": len(hidden),
                    "Delayed": len(delayed),
                    "AgeOfOldestMessage": 0 if oldest is None else max(0, clock.now() - oldest / 1000),
                }
            )
    return {"Queues": found}


def metric_filters(body):
    return {
        "MetricFilters": [
            {"Account": account, "Region": region, **one}
            for account, region, backend in backends("logs", body)
            for one in list(backend.filters.metric_filters)
            if one["logGroupName"] in backend.groups
        ]
    }
