"""A file of CSL-YAML, as pandoc writes it → ``Reference`` records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.csl import reference_from_csl
from ingest.references.collected import Found, collected
from ingest.references.decoding import decoded
from kb.errors import BibliographyError
from kb.model import Reference

if TYPE_CHECKING:
    import yaml

MOST_NODES = 200_000
"""Words, lists and dictionaries of a file that is read: about 3,000 works. YAML takes ten times the memory of JSON."""

_DEEPEST = 50
_LISTS = ("references", "items")


def read_csl_yaml(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of a CSL-YAML file, and what is wrong with it; parameters as of ``read_bibtex``.

    Raises
    ------
    BibliographyError
        The file is no YAML, holds more than ``MOST_NODES`` or no item at all, or uses aliases, by which a small file
        becomes a large one.
    """
    import yaml

    text, messages = decoded(data, name)
    try:
        _refuse_growth(text, name)
        root = next(yaml.compose_all(text, Loader=yaml.CBaseLoader), None)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BibliographyError(
            f"is no YAML from here on ({error.problem})", place=f"{name}:{line}", remedy="mend the line"
        ) from None
    except yaml.YAMLError:
        raise BibliographyError("is no YAML", place=name, remedy="check that it is the right file") from None
    references, told = collected(_found(root, name), name, "CSL item")
    return references, messages + told


def _refuse_growth(text: str, name: str) -> None:
    """Look through the file before anything is built of it."""
    import yaml

    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CBaseLoader)):
        depth += isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent))
        depth -= isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent))
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST or number > MOST_NODES:
            line = event.start_mark.line + 1 if event.start_mark else 1
            problem = "holds more YAML than is read" if number > MOST_NODES else "uses aliases or deep nesting"
            raise BibliographyError(problem, place=f"{name}:{line}", remedy="save it as CSL-JSON")


def _found(root: yaml.Node | None, name: str) -> Iterator[Found]:
    import yaml

    if isinstance(root, yaml.MappingNode):
        lists = [value for key, value in root.value if key.value in _LISTS]
        root = lists[0] if lists else root
    nodes = root.value if isinstance(root, yaml.SequenceNode) else [root] if isinstance(root, yaml.MappingNode) else []
    for position, node in enumerate(nodes, 1):
        value = _value(node)
        reference = reference_from_csl(value, origin=name, position=position) if isinstance(value, dict) else None
        troubles = () if reference else ("an item names no work; give it a title, or remove it",)
        yield Found(node.start_mark.line + 1 if node.start_mark else 1, reference, troubles)


def _value(node: yaml.Node) -> object:
    """Strings, lists and dictionaries; all that is neither list nor dictionary stays as it is written."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value if isinstance(key.value, str)}
    if isinstance(node, yaml.SequenceNode):
        return [_value(one) for one in node.value]
    return node.value
