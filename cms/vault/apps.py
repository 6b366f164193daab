from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "cms.vault"
    label = "vault"
    verbose_name = "coffre"
