"""The fields that have begun and not ended yet, as one reads on: they nest, and may run over many paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import msgspec

from ingest.read.word.fields import Code, read_code


class _Field(msgspec.Struct, eq=False):
    """A field: its instruction as far as it is read, then what that says."""

    data: str = ""
    instruction: list[str] = msgspec.field(default_factory=list)
    code: Code | None = None
    result: ExitStack = msgspec.field(default_factory=ExitStack)


class OpenFields:
    """A stack of fields. Marks that fit no field are passed over."""

    def __init__(self) -> None:
        self._fields: list[_Field] = []

    @property
    def instructing(self) -> bool:
        """Whether what is read is, or belongs to, an instruction and is not shown."""
        return any(field.code is None for field in self._fields)

    @property
    def kinds(self) -> list[str]:
        """What kinds of fields the text at hand is the result of."""
        return [field.code.kind for field in self._fields if field.code]

    def begin(self, data: str) -> None:
        """A field begins; ``data`` is what Word keeps beside its instruction."""
        self._fields.append(_Field(data=data))

    def instruct(self, text: str) -> None:
        """A piece of the instruction, which Word splits over runs as it likes."""
        if self._fields and self._fields[-1].code is None:
            self._fields[-1].instruction.append(text)

    def separate(self, result: Callable[[Code], AbstractContextManager[None]]) -> None:
        """The instruction is over; ``result`` is entered until the field ends."""
        if self._fields and self._fields[-1].code is None:
            field = self._fields[-1]
            field.code = read_code("".join(field.instruction), field.data)
            field.result.enter_context(result(field.code))

    def end(self) -> None:
        """The innermost field ends."""
        if self._fields:
            field = self._fields.pop()
            field.result.close()
            if field.code is None and self._fields:  # EndNote keeps its data in a field inside the instruction
                self._fields[-1].data = self._fields[-1].data or field.data

    def end_paragraph(self) -> None:
        """Instructions do not go on in the next paragraph: one that never ends must not swallow the article."""
        self._fields = [field for field in self._fields if field.code is not None]

    @contextmanager
    def framed(self, code: Code) -> Iterator[None]:
        """A field that is an element of its own, for as long as it is read."""
        field = _Field(code=code)
        self._fields.append(field)
        yield
        if field in self._fields:
            self._fields.remove(field)
