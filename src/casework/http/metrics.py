"""Prometheus metrics, behind a setting and the extra `metrics`.

Each of several processes has its own requests and queue; what is said of the logs is the same from all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from litestar import Request, Response, get

from casework.application.figures.upkeep import standings
from casework.http.process import ServerState, server_state_of
from casework.http.refusals import refused

if TYPE_CHECKING:
    from prometheus_client.core import Metric


class Metrics:
    """Counters of one application; its registry is its own."""

    def __init__(self, server: ServerState) -> None:
        try:
            import prometheus_client as prometheus  # noqa: PLC0415 — an extra
        except ImportError:
            raise refused("no-metrics") from None
        self._registry = prometheus.CollectorRegistry()
        self._prometheus = prometheus
        labels = ("method", "route")
        self._requests = prometheus.Counter(
            "casework_requests", "Requests answered.", (*labels, "status"), registry=self._registry
        )
        self._seconds = prometheus.Histogram(
            "casework_request_seconds", "Seconds to an answer.", labels, registry=self._registry
        )
        self._registry.register(_RuntimeMetrics(server))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; ROUTE is the template, so that no case is a label."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def shown(self) -> bytes:
        """Every metric, in the text format."""
        return self._prometheus.generate_latest(self._registry)


class _RuntimeMetrics:
    """Gauges read from the runtime at each scrape."""

    def __init__(self, server: ServerState) -> None:
        self._server = server

    def collect(self) -> Iterable[Metric]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 — an extra

        runtime = self._server.runtime
        yield GaugeMetricFamily("casework_queue", "Commands that wait.", runtime.writer.waiting)
        size = GaugeMetricFamily("casework_log_size", "Entries of a log.", labels=["log"])
        lag = GaugeMetricFamily(
            "casework_projection_lag", "Entries that a projection has yet to count.", labels=["log", "projection"]
        )
        for log in runtime.logs():
            size.add_metric([log], runtime.store.head(log).size)
            for one in standings(runtime, log):
                lag.add_metric([log, one.name], one.lag)
        yield size
        yield lag

    def describe(self) -> Iterable[Metric]:
        """No names in advance: the database is read at a scrape only."""
        return ()


@get("/metrics", include_in_schema=False, needs="health.read")
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every metric, in the text format."""
    shown = await server_state_of(request).in_thread(request.app.state.metrics.shown)
    return Response(shown, media_type="text/plain; version=0.0.4; charset=utf-8")
