"""CloudWatch Logs."""


def forget_tags_of_log_groups():
    """A log group that is made again under its old name still has the tags of the deleted one."""
    from moto.logs.models import LogsBackend

    delete = LogsBackend.delete_log_group

    def delete_log_group(self, log_group_name):
        group = self.groups.get(log_group_name)
        delete(self, log_group_name)
        self.tagger.delete_all_tags_for_resource(group.arn)

    LogsBackend.delete_log_group = delete_log_group


def keep_one_filter_a_name():
    """Putting a metric filter again adds a second one, and the filters of a deleted group wait for its successor."""
    from moto.logs.exceptions import ResourceNotFoundException
    from moto.logs.models import LogsBackend

    put, delete = LogsBackend.put_metric_filter, LogsBackend.delete_log_group

    def forget(backend, log_group_name, filter_name=None):
        backend.filters.metric_filters = [
            one
            for one in backend.filters.metric_filters
            if one["logGroupName"] != log_group_name or filter_name not in (None, one["filterName"])
        ]

    def put_metric_filter(self, filter_name, filter_pattern, log_group_name, metric_transformations):
        if log_group_name not in self.groups:
            raise ResourceNotFoundException()
        forget(self, log_group_name, filter_name)
        return put(self, filter_name, filter_pattern, log_group_name, metric_transformations)

    def delete_log_group(self, log_group_name):
        delete(self, log_group_name)
        forget(self, log_group_name)

    LogsBackend.put_metric_filter = put_metric_filter
    LogsBackend.delete_log_group = delete_log_group


REPAIRS = (forget_tags_of_log_groups, keep_one_filter_a_name)
