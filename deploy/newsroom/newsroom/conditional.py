"""Answers with validators (ETag, Last-Modified) and decides when 304 is enough."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response


def conditional_response(request: Request, body: str, media_type: str, changed_at: datetime) -> Response:
    """200 with ETag and Last-Modified, or 304. If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2)."""
    changed = changed_at.astimezone(UTC).replace(microsecond=0)
    # The entity tag is weak because the transport may compress the same content.
    etag = f'W/"{sha256(body.encode()).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Last-Modified": format_datetime(changed, usegmt=True), "Cache-Control": "max-age=0"}
    if is_unchanged(request.headers.get("if-none-match"), request.headers.get("if-modified-since"), etag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def is_unchanged(if_none_match: str | None, if_modified_since: str | None, etag: str, changed: datetime) -> bool:
    """True when the client's copy is current; an unreadable date counts as no condition."""
    if if_none_match is not None:
        tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return "*" in tags or etag.removeprefix("W/") in tags
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return changed <= (since if since.tzinfo else since.replace(tzinfo=UTC))
