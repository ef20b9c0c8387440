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


REPAIRS = (forget_tags_of_log_groups,)
