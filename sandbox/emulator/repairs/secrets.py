"""Secrets Manager."""


def name_the_recovery_window():
    """A name whose deleted secret can still be restored is refused as taken; AWS says that it waits for its deletion."""
    from moto.secretsmanager.exceptions import InvalidRequestException
    from moto.secretsmanager.models import SecretsManagerBackend

    create = SecretsManagerBackend.create_secret

    def create_secret(self, name, *args, **kwargs):
        if name in self.secrets and self.secrets[name].is_deleted():
            raise InvalidRequestException(
                "You can't create this secret because a secret with this name is already scheduled for deletion."
            )
        return create(self, name, *args, **kwargs)

    SecretsManagerBackend.create_secret = create_secret


REPAIRS = (name_the_recovery_window,)
