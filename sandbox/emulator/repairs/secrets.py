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


def say_what_is_missing():
    """A staging label without a version is told as a missing secret, and a deleted secret in the words of a client."""
    from moto.secretsmanager.exceptions import InvalidRequestException, SecretHasNoValueException
    from moto.secretsmanager.models import SecretsManagerBackend

    get = SecretsManagerBackend.get_secret_value

    def get_secret_value(self, secret_id, version_id, version_stage):
        secret = self.secrets.get(secret_id)
        if secret is not None and secret.is_deleted():
            raise InvalidRequestException(
                "You can't perform this operation on the secret because it was marked for deletion."
            )
        versions = getattr(secret, "versions", {}).values()
        if secret and version_stage and not version_id:
            if not any(version_stage in version["version_stages"] for version in versions):
                raise SecretHasNoValueException(version_stage)
        return get(self, secret_id, version_id, version_stage)

    SecretsManagerBackend.get_secret_value = get_secret_value


REPAIRS = (name_the_recovery_window, say_what_is_missing)
