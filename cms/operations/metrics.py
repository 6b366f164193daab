"""What Prometheus reads. No label holds a person, a place, a file or an address: a route is a name of the URLconf."""

from collections.abc import Iterator

from django import get_version
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cms.operations.state import state_read
from cms.settings import environment

BUCKETS = (0.05, 0.1, 0.15, 0.25, 0.4, 0.75, 1.5, 3, 10, 30)
REQUESTS = Counter("havre_http_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram("havre_http_request_seconds", "Seconds to answer.", ["route"], buckets=BUCKETS)


class StateCollector(Collector):
    """Gauges of the probes, read when somebody asks: `havre_<name>`, and `havre_well{probe}`."""

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        well = GaugeMetricFamily("havre_well", "1 when what the probe looks at is well.", labels=["probe"])
        for probe, reading in state_read():
            well.add_metric([probe.name], float(reading.is_well))
            if reading.value is not None:
                yield GaugeMetricFamily(f"havre_{probe.name}", probe.help, value=reading.value)
        yield well
        build = GaugeMetricFamily("havre_build_info", "What runs.", labels=["django"])
        build.add_metric([get_version()], 1)
        yield build


def request_count(*, route: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def page() -> bytes:
    """Return everything that is measured: requests of every web process, then the state of the service."""
    registry = CollectorRegistry()
    if environment.text("PROMETHEUS_MULTIPROC_DIR"):  # the library reads it too
        MultiProcessCollector(registry)
    else:
        registry.register(HttpCollector())
    registry.register(StateCollector())
    return generate_latest(registry)


class HttpCollector(Collector):
    """Counters of this process alone, where no folder is shared."""

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield from (family for each in (REQUESTS, SECONDS) for family in each.collect())
