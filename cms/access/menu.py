"""Entries of the admin menu, shown to those who may open them."""

from wagtail.admin.menu import MenuItem


class RoleMenuItem(MenuItem):
    def __init__(self, *args, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = shown

    def is_shown(self, request):
        return self.shown(request)
