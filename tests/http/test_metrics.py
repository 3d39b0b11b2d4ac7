"""Tests metrics: counted by route, never by case."""

import msgspec
from litestar.testing import TestClient

from casework.http.app import create_app
from casework.http.request_log import logger_to
from tests.http.acting import API, CADRE
from tests.stories.terminal import LOG


def test_metrics_are_off_unless_set(client):
    assert client.get("/metrics").status_code == 404


def test_metrics_count_requests_by_route_and_name_no_case(runtime, hands, lines, monkeypatch):
    number = hands.dispatched()
    watched = msgspec.structs.replace(
        runtime.settings, server=msgspec.structs.replace(runtime.settings.server, metrics=True)
    )
    monkeypatch.setattr(runtime, "settings", watched)
    with TestClient(create_app(runtime, logger=logger_to(lines))) as client:
        body = {"action": "visit"}
        client.post(f"{API}/cases/{number}/actions", json=body, headers=hands.headers(CADRE))
        text = client.get("/metrics").text

    assert 'casework_requests_total{method="POST",route="/api/{log}/cases/{case}/actions",status="200"} 1.0' in text
    assert f'casework_log_size{{log="{LOG}"}} {float(runtime.store.head(LOG).size)}' in text
    assert 'casework_projection_lag{log="530828",projection="cases"}' in text
    assert "casework_queue 0.0" in text
    assert number not in text
