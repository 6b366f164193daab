from cms.access.viewsets import scoped_register
from cms.partners.viewsets import NetworkGroup

scoped_register(NetworkGroup)
