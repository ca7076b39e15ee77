"""Signs of work on animals and cells, and of people, which speak against it."""

from __future__ import annotations

from kb.strength.design.signs import Sign

LABORATORY: dict[str, Sign] = {
    "animals": Sign(
        {"animal": 8.0},
        (
            ("<animal> animals", r"\s(?:were|was|received|underwent|fed|exposed|treated|weighing|aged)\b"),
            (
                "<animal>",
                "",
                r"\b(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twelve|\w+teen|\w+ty|\w+ty-\w+|adult|male|"
                r"female|albino|wistar|dawley|pregnant|gravid|newborn|anesthetized|anaesthetized|anesthetised|"
                r"sacrificed|transgenic|knockout|white|zealand|mongrel|nude|diabetic|c57bl|6j|balb|in)\s"
                r"(?:[\w-]+\s)?",
            ),
            ("guinea", r"[\s-]pigs?\b"),
            ("<animal>", "", r"\b(?:from|fresh|of|excised|isolated)\s(?:[\w-]+\s)?"),
            ("<animal> animal", r"\s(?:model|study|experiment|hippocamp|pancrea|brain|liver|heart|tibia|femur|bone)"),
            ("wistar sprague c57bl balb",),
            ("sacrificed euthanized euthanised decapitated",),
        ),
    ),
    "cells": Sign(
        {"in vitro": 4.0},
        (
            ("vitro", r"\b(?!\sferti)"),
            ("cell", r"\s(?:lines?|cultures?|viability)\b"),
            ("cultured transfected incubated",),
        ),
    ),
    "people": Sign({"animal": -3.0, "in vitro": -1.0}, (("<people>", ""), ("<clinical>", ""))),
}
