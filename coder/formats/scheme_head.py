"""The head of a scheme file – name, version, title – written anew in the text, with every other sign as it was."""

import json
import re
from collections.abc import Mapping

from coder.formats.toml_places import lines_of, string_end


def with_head(text: str, fields: Mapping[str, str], remark: str = "") -> str:
    """The text with other values of some top-level fields, and with a remark as comment lines before the first.

    text: a scheme file without mistakes. fields: by name; a field that the text does not have is passed over.
    """
    for field, value in fields.items():
        line = lines_of(text).get((field,))
        if line is None:
            continue
        start = sum(len(one) + 1 for one in text.split("\n")[: line - 1])
        named = re.compile(rf"[ \t]*[\"']?{re.escape(field)}[\"']?[ \t]*=[ \t]*").match(text, start)
        if named is not None:
            text = text[: named.end()] + _quoted(value) + text[string_end(text, named.end()) :]
    newline = "\r\n" if "\r\n" in text else "\n"
    comment = "".join(f"# {_plain(one)}{newline}" for one in remark.splitlines())
    return comment + (newline if comment else "") + text


def _quoted(value: str) -> str:
    """A text as TOML writes it: JSON's escapes are a part of TOML's, but for signs beyond the first 65,536."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(line: str) -> str:
    """Without the signs that TOML refuses in comments."""
    return "".join(sign for sign in line if sign.isprintable())
