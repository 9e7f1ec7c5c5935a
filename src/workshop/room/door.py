"""The door of a room: who comes in, and what nobody may do through the server.

These rules stop guessing and accidents. Anyone who is in can run programs, and programs ask no door.
"""

import json
import re
import time
from collections import deque

from jupyter_core.utils import ensure_async
from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import PasswordIdentityProvider
from tornado import web

# So many wrong words a minute from one address; then even the right one waits for the minute to end.
TRIES, SECONDS, ADDRESSES = 20, 60, 10_000
SEAT = re.compile(r"seat-\d\d")
_WORKSPACE = re.compile(r"/lab/workspaces/(seat-\d\d)(?:/|$)")


class Door(PasswordIdentityProvider):
    """Let in who knows the word of this start."""

    def __init__(self, **options):
        super().__init__(**options)
        self._wrong = {}

    def cookie_secret_hook(self, secret):
        """Tie every cookie to the word: with a new word, the old ones open nothing."""
        secret.update(self.token.encode())
        return super().cookie_secret_hook(secret)

    async def get_user_token(self, handler):
        """Judge the word in an address or a header."""
        if not self.get_token(handler):
            return None
        self._refuse_flood(handler)
        user = await super().get_user_token(handler)
        return user or self._note(handler)

    def process_login_form(self, handler):
        """Judge the word in the form."""
        self._refuse_flood(handler)
        return super().process_login_form(handler) or self._note(handler)

    def _refuse_flood(self, handler):
        """Stop listening to an address that has said too many wrong words."""
        told, now = self._wrong.get(handler.request.remote_ip, ()), time.monotonic()
        if len(told) == TRIES and now - told[0] < SECONDS:
            raise web.HTTPError(429, "Too many wrong words. Wait a minute. 口令错误次数太多，请等一分钟。")

    def _note(self, handler):
        """Remember a wrong word."""
        if len(self._wrong) >= ADDRESSES:
            self._wrong.clear()
        told = self._wrong.setdefault(handler.request.remote_ip, deque(maxlen=TRIES))
        told.append(time.monotonic())


class Rules(Authorizer):
    """Nobody ends the server or opens a terminal; nobody reaches for a neighbour's seat by mistake."""

    async def is_authorized(self, handler, user, action, resource):
        """Judge one request."""
        if resource in ("server", "terminals"):
            return False
        if action == "read" or resource not in ("contents", "kernels", "sessions"):
            return True
        if resource == "contents":
            making = handler.request.method == "POST"  # in a folder; everything else names what it changes
            return all(_plain(place, within=making) and _may(handler, place) for place in _written(handler))
        return _may(handler, await _running(handler), rooted=False)


def _plain(place, *, within):
    """Whether a path names what it says: no way back to a neighbour, and not the folder of a seat itself."""
    parts = place.strip("/").split("/")
    return not {"..", "."} & set(parts) and "\\" not in place and (within or len(parts) > 1)


def _may(handler, place, *, rooted=True):
    """Whether a request may change something: within a seat, and from the page of that seat or of none."""
    seat = place.strip("/").split("/")[0]
    if not SEAT.fullmatch(seat):
        return not rooted
    asking = _WORKSPACE.search(handler.request.headers.get("Referer", ""))
    return asking is None or asking[1] == seat


def _written(handler):
    """Where a request writes: its own path, and what it renames that to."""
    places = [str(place or "") for place in (*handler.path_args, *handler.path_kwargs.values())][:1]
    try:
        body = json.loads(handler.request.body or b"{}")
    except ValueError:
        return places
    if handler.request.method == "PATCH" and isinstance(body, dict) and isinstance(body.get("path"), str):
        places.append(body["path"])
    return places


async def _running(handler):
    """The notebook behind a kernel or a session; nothing where none is known."""
    named = {*handler.path_args, *handler.path_kwargs.values()}
    for session in await ensure_async(handler.session_manager.list_sessions()):
        if {session["id"], (session.get("kernel") or {}).get("id")} & named:
            return session["path"]
    return ""
