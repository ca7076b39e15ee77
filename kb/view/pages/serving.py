"""The server of the app, as `kb app` starts it: ``python -m kb.view.pages.serving app.py --server.port=8501 …``.

It is Streamlit's own, but it asks nobody for this machine's address, and what is configured in the folder where it is
started, which can be anybody's repository, does not change it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit import config, file_util, net_util
from streamlit.web.cli import main


def settings(script: str, name: str) -> list[str]:
    """The files of settings that count: the user's own, and those that come with the app, which count more."""
    return [file_util.get_streamlit_file_path(name), str(Path(script).resolve().parent / ".streamlit" / name)]


def serve(script: str, *options: str) -> None:
    """Serve the app until it is interrupted."""
    # To tell its address, and to know whether a page of another address may connect, Streamlit would ask a web service.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    config.get_config_files = lambda file_name: settings(script, file_name)
    main(["run", script, *options], prog_name="kb app")


if __name__ == "__main__":
    serve(*sys.argv[1:])
