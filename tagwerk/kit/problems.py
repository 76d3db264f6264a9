"""RFC 9457 problem documents: what a program gets when something is refused."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Schema

from tagwerk.kit.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = {429: "60", 503: "2"}


def document(refusal: Refusal) -> dict[str, Any]:
    """Give the problem document of a refusal: type, title, status, detail and, for forms, errors."""
    body: dict[str, Any] = {
        "type": f"urn:tagwerk:problem:{refusal.kind}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": str(refusal.detail),
    }
    if refusal.errors:
        body["errors"] = {field: str(sentence) for field, sentence in refusal.errors.items()}
    return body | refusal.extra


def response(refusal: Refusal) -> JsonResponse:
    """Answer a refusal as a problem document."""
    answer = JsonResponse(document(refusal), status=refusal.status, content_type=MEDIA_TYPE)
    if refusal.status in RETRY_SECONDS:
        answer.headers["Retry-After"] = RETRY_SECONDS[refusal.status]
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the caller asked for JSON rather than for a page."""
    return request.path.startswith("/api/") or "json" in request.headers.get("Accept", "")


class Problem(Schema):
    """A problem document as the API describes it."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, str] | None = None
