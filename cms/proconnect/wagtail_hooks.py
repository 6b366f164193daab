from cms.admin.viewsets import scoped_register
from cms.proconnect.admin import AccountRequestViewSet

scoped_register(AccountRequestViewSet)
