"""The base of the API's addresses. The gate has opened the scope and checked the action."""

import hashlib
import json
from typing import Any, ClassVar

from django.db import OperationalError, connection, transaction
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from reintegration.api.errors import InFlight, MismatchedKey
from reintegration.api.models import Answer
from reintegration.tenancy.actions import Action

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 80


class Endpoint(APIView):
    """An address of the API. `acts` names the action of each method."""

    acts: ClassVar[dict[str, Action]]

    def perform(self, request: Any, *args: Any, **kwargs: Any) -> tuple[int, Any]:
        """What a POST does, once for each key: the status and the body of the answer."""
        raise exceptions.MethodNotAllowed(request.method)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(KEY_HEADER, "")
        if not key or len(key) > LONGEST_KEY or not key.isprintable():
            raise exceptions.ValidationError(
                {
                    KEY_HEADER: [
                        f"Podaj nagłówek {KEY_HEADER}: do {LONGEST_KEY} znaków, inny dla każdego żądania."
                    ]
                }
            )
        # A refusal undoes the claim too: the same key may be sent again with what was put right.
        with transaction.atomic():
            answer = self._claim(request, key)
            if answer.status is None:
                answer.status, body = self.perform(request, *args, **kwargs)
                answer.body = self._render(body).decode()
                answer.save(update_fields=["status", "body"])
        return Response(json.loads(answer.body), status=answer.status)

    def _claim(self, request: Any, key: str) -> Answer:
        """Take the key for this transaction, or find what it gave; wait for whoever holds it now."""
        digest = self._digest(request)
        mine = Answer(user_id=request.user.pk, action=self.acts["POST"].name, key=key, request_digest=digest)
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '3s'")
                Answer.objects.bulk_create([mine], ignore_conflicts=True)
        except OperationalError as error:
            raise InFlight from error
        found = Answer.objects.get(user_id=request.user.pk, action=mine.action, key=key)
        if found.request_digest != digest:
            raise MismatchedKey
        return found

    def _digest(self, request: Any) -> str:
        canonical = json.dumps(request.data, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(f"{request.path}\n{canonical}".encode()).hexdigest()

    def _render(self, body: Any) -> bytes:
        return self.get_renderers()[0].render(body)  # type: ignore[no-any-return]
