"""API of the app: (path, viewset, basename), mounted by `cms.api` under `/api/v1/`."""

from cases.files.api import ROUTES as FILES
from cases.incidents.api import ROUTES as INCIDENTS
from cases.matching.api import ROUTES as MATCHING
from cases.proposals.api import ROUTES as PROPOSALS
from cases.requests.api import ROUTES as REQUESTS
from cases.stays.api import ROUTES as STAYS
from cases.stays.reviews.api import ROUTES as REVIEWS

ROUTES = [*REQUESTS, *FILES, *MATCHING, *PROPOSALS, *STAYS, *REVIEWS, *INCIDENTS]
