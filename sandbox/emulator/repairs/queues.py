"""SQS."""

import time


def poll_in_real_time():
    """Waiting for a message is part of one request, so it lasts as long as the caller said on any clock of the sandbox."""
    from moto.sqs.models import SQSBackend

    receive = SQSBackend.receive_message

    def receive_message(self, queue_name, count, wait_seconds_timeout, *args, **kwargs):
        end = time.monotonic() + (wait_seconds_timeout or 0)
        while True:
            messages = receive(self, queue_name, count, 0, *args, **kwargs)
            left = end - time.monotonic()
            if messages or left <= 0:
                return messages
            self.get_queue(queue_name).wait_for_messages(min(left, 1))

    SQSBackend.receive_message = receive_message


REPAIRS = (poll_in_real_time,)
