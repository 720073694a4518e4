"""HEAD for every endpoint: the answer to GET without its body, as link checkers and monitors ask for it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Head:
    """Asks for GET in place of HEAD and keeps the body back. Outermost, so that everything within sees a GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)
