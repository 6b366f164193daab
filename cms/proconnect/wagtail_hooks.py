from cms.access.viewsets import scoped_register
from cms.proconnect.viewsets import AccountRequestViewSet

scoped_register(AccountRequestViewSet)
