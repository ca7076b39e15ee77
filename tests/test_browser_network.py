"""What leaves the browser: the fixture `page` watches it in every test; here is what Streamlit alone would send."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser_fixtures import settled

pytestmark = pytest.mark.browser


def test_no_statistics_are_gathered_when_streamlit_itself_starts_the_app(sample_app: str, page: Page) -> None:
    """Of ``kb app`` tests/test_app_command.py says so; here no flag does, and the folder is that of a user."""
    received: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame)))
    page.goto(sample_app)
    settled(page)
    messages = [ForwardMsg.FromString(frame) for frame in received if isinstance(frame, bytes)]
    sessions = [message.new_session for message in messages if message.WhichOneof("type") == "new_session"]
    assert sessions
    assert not any(session.config.gather_usage_stats for session in sessions)
