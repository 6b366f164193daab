"""Somebody to call in a partner."""

from cms.partners.people.models import Contact
from cms.partners.people.services import CONTACT, contact_add, contact_change
from cms.values.forms import AdminModelForm, field_of


class ContactForm(AdminModelForm):
    class Meta:
        model = Contact
        fields = CONTACT
        formfield_callback = field_of

    def run(self, cleaned: dict) -> None:
        if self.instance._state.adding:
            contact_add(partner=self.instance.partner, **cleaned)
        else:
            contact_change(contact=Contact.objects.get(pk=self.instance.pk), **cleaned)
