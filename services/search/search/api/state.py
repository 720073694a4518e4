"""Health and metrics of the gateway, on its own port."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from runtime.health import Health, health_body

router = APIRouter(include_in_schema=False)


def _health(request: Request) -> Health:
    health: Health = request.app.state.health
    return health


@router.get("/health/live")
def live(request: Request) -> JSONResponse:
    health = _health(request)
    status, body = health_body(health.service, health.ask_live())
    return JSONResponse(body, status)


@router.get("/health/ready")
def ready(request: Request) -> JSONResponse:
    health = _health(request)
    status, body = health_body(health.service, health.ask_ready())
    return JSONResponse(body, status)


@router.get("/metrics")
def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
