"""The pages of the app by themselves: AppTest runs one that is a function, and can go to no other one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from ingest.front.looks import FrontLooks
from ingest.front.saying import say
from ingest.front.work import FrontWork
from kb.base import KnowledgeBase
from kb.model import Audit
from kb.view.pages.desk import Desk
from kb.view.work import Reviewer

TODAY = "2026-11-22"


def desk_at(path: Path) -> Desk:
    """What the app would hand to its pages, without the pages; the project is the folder of the knowledge base."""
    return Desk(
        name=str(path),
        exists=path.exists,
        open=partial(KnowledgeBase.open, path, new=False),
        work=FrontWork(path, path.parent),
        say=partial(say, path, path.parent),
        reviewer=Reviewer,
        looks=FrontLooks(str(path), path.parent),
        today=lambda: TODAY,
    )


def run(script: Callable[[str], None], path: Path, **query: str | list[str]) -> AppTest:
    """A page as a script that takes the path of a knowledge base, run at an address."""
    test = AppTest.from_function(script, default_timeout=120, kwargs={"path": str(path)})
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def keep(path: Path, *audits: Audit) -> None:
    """Put audits into a knowledge base."""
    with KnowledgeBase.open(path) as base:
        base.add_all(audits)


def words(tree: Any) -> str:
    """The text of a tree as `kb.view.markup.to_data` sends it, with one space between its parts."""
    return tree if isinstance(tree, str) else " ".join(" ".join(map(words, tree[2])).split())
