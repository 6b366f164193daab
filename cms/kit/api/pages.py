"""Pages of a list: the addresses of its neighbours are those of the site, whatever the request says it was sent to."""

from urllib.parse import urlsplit

from rest_framework.pagination import PageNumberPagination

from cms.kit.addresses import absolute


class SitePagination(PageNumberPagination):
    def get_next_link(self) -> str | None:
        return _of_site(super().get_next_link())

    def get_previous_link(self) -> str | None:
        return _of_site(super().get_previous_link())


def _of_site(link: str | None) -> str | None:
    return link and absolute(urlsplit(link)._replace(scheme="", netloc="").geturl())
