from cases.viewsets import CasesGroup, IncidentViewSet, SollicitationViewSet
from cms.access.viewsets import scoped_register

scoped_register(SollicitationViewSet)
scoped_register(CasesGroup)
scoped_register(IncidentViewSet)
