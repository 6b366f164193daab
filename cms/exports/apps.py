from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "cms.exports"
    label = "exports"
    verbose_name = "Exports"

    def ready(self) -> None:
        from cms.exports import settings
        from cms.exports.portal import long_asked
        from cms.exports.rules import source_register
        from cms.exports.selectors import lists, own as selectors
        from cms.files.services import holder_register
        from cms.kit.words import actions_register
        from cms.kit.xlsx.lists import long_register

        settings.register()
        long_register(long_asked)
        holder_register(selectors.stored_names)
        source_register("list", lists.source)
        actions_register(
            {
                "exports.export.ask": "export demandé",
                "exports.export.download": "export téléchargé",
                "exports.export.purge": "export retiré",
                "exports.export.fail": "export interrompu",
            }
        )
